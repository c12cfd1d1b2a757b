/** Whether the port is there, and in netmap mode: open in an application right now. */
import type { ListedPort, PortKind } from '../../monitor/port-list.js';
import type { PortName } from '../../monitor/port-name.js';
import { type Check, type Finding, skipped, type Subject, unknown } from '../check.js';
import { whyNoPorts, withoutDevice } from './device.js';

const KINDS: Record<PortKind, string> = { nic: 'NIC', vale: 'VALE port', pipe: 'pipe' };
/** As many names as a line has room for. */
const MAX_NAMES = 8;

export const PORT_CHECKS: readonly Check[] = [
  { id: 'port', run: checkPort },
  { id: 'netmap-mode', run: checkNetmapMode },
];

/** The port in the list of its device; of a whole switch, all of its ports. */
export function examined(port: PortName, ports: readonly ListedPort[]): ListedPort[] {
  return ports.filter(({ name }) =>
    port.isSwitch ? name.startsWith(port.kernelName) : name === port.kernelName,
  );
}

function checkPort({ world, port }: Subject): Finding {
  const error = whyNoPorts(world);
  if (error !== undefined) return skipped(withoutDevice(error.code));
  if (port === undefined) return whatIsOpen(world.ports());
  const found = examined(port, world.ports());
  const [first] = found;
  if (first === undefined) {
    const what = port.isSwitch ? 'no port on a switch' : 'no port';
    return {
      status: 'problem',
      text: `there is ${what} '${port.kernelName}'`,
      fix: ['nmcap -D'],
    };
  }
  if (port.isSwitch) return { status: 'ok', text: `ports of the switch: ${names(found)}` };
  return { status: 'ok', text: describe(first) };
}

/** Without the name of a port: which ones could be watched now. */
function whatIsOpen(ports: readonly ListedPort[]): Finding {
  const open = ports.filter(({ inNetmapMode }) => inNetmapMode === true);
  const facts = { in_netmap_mode: open.map(({ name }) => name) };
  if (open.length > 0) return { status: 'ok', text: `in netmap mode: ${names(open)}`, facts };
  return {
    status: 'warning',
    text: 'no application has a port open in netmap mode now: there is nothing to watch',
    fix: ['nmcap -D'],
    facts,
  };
}

function describe({ kind, info }: ListedPort): Finding['text'] {
  if (info === undefined) return KINDS[kind];
  const { rxRings, txRings, rxSlots, txSlots } = info;
  const rings = rxRings === txRings ? `rings ${rxRings}` : `rings ${rxRings} rx, ${txRings} tx`;
  const slots = rxSlots === txSlots ? `slots ${rxSlots}` : `slots ${rxSlots} rx, ${txSlots} tx`;
  return `${KINDS[kind]}, ${rings}, ${slots}`;
}

function checkNetmapMode({ world, port }: Subject): Finding {
  if (port === undefined) return skipped('no port is named');
  const error = whyNoPorts(world);
  if (error !== undefined) return skipped(withoutDevice(error.code));
  const found = examined(port, world.ports());
  if (found.length === 0) return skipped('there is no such port');
  const open = found.filter(({ inNetmapMode }) => inNetmapMode === true);
  if (open.length > 0) {
    const which = port.isSwitch ? `: ${names(open)}` : '';
    return { status: 'ok', text: `an application has it open${which}` };
  }
  if (found.some(({ inNetmapMode }) => inNetmapMode === undefined)) {
    return unknown('netmap does not answer whether the port is in netmap mode');
  }
  return {
    status: 'problem',
    text: 'not in netmap mode: no application has opened it, and there is nothing to watch until one does',
    fix: [`nmcap ${port.text} --wait`, ...tapOf(found[0])],
  };
}

/** What sees the traffic of a NIC that is not in netmap mode. */
function tapOf(found: ListedPort | undefined): string[] {
  return found?.kind === 'nic' ? [`tcpdump -i ${found.name}`] : [];
}

function names(ports: readonly ListedPort[]): string {
  const shown = ports.slice(0, MAX_NAMES).map(({ name }) => name);
  const others = ports.length - shown.length;
  return `${shown.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}
