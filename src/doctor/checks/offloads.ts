/** What the card does to frames before netmap, or nmcap, sees them: netmap(4), CAVEATS. */
import { type Check, type Finding, skipped, type Subject } from '../check.js';
import { nicOf } from './nic.js';

export const OFFLOAD_CHECKS: readonly Check[] = [{ id: 'offloads', run: checkOffloads }];

/** Columns that a command has room for; beyond, there are several. */
const COMMAND_WIDTH = 66;

/** By what disturbs; the names are those of ethtool -K and of ifconfig. */
const EFFECTS: readonly (readonly [offloads: readonly string[], effect: string])[] = [
  [['tso', 'gso', 'gro', 'lro'], 'merged frames, longer than a buffer'],
  [['rxvlan', 'txvlan', 'vlanhwtag'], 'missing VLAN tags'],
  [['vlanhwfilter'], 'missing frames of other VLANs'],
  [
    ['rx', 'tx', 'rxcsum', 'rxcsum6', 'txcsum', 'txcsum6'],
    "unset checksums in frames of the host's stack",
  ],
];

function checkOffloads(subject: Subject): Finding {
  const nic = nicOf(subject);
  if (nic === undefined) return skipped('only network interfaces have them');
  const { world } = subject;
  const on = world.findLink(nic)?.offloads ?? [];
  if (on.length === 0) return { status: 'ok', text: 'off', facts: { offloads_on: on } };
  const effects = EFFECTS.filter(([offloads]) => offloads.some((name) => on.includes(name)));
  const isLinux = world.platform === 'linux';
  return {
    status: 'warning',
    text: `on: ${on.join(' ')}; expect ${effects.map(([, effect]) => effect).join(', ')}`,
    fix: commands(
      isLinux ? `ethtool -K ${nic}` : `ifconfig ${nic}`,
      on.map((name) => (isLinux ? `${name} off` : `-${name}`)),
    ),
    facts: { offloads_on: on },
  };
}

/** As few commands as have room for all words. */
function commands(beginning: string, words: readonly string[]): string[] {
  const found: string[] = [];
  for (const word of words) {
    const last = found.at(-1);
    const longer = `${last ?? beginning} ${word}`;
    if (last === undefined || longer.length > COMMAND_WIDTH) found.push(`${beginning} ${word}`);
    else found[found.length - 1] = longer;
  }
  return found;
}
