import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { PacketFields } from '../../../src/decode/packet-fields.js';
import { FIELDS_BY_NAME } from '../../../src/decode/wireshark-names.js';
import { ColumnFormat } from '../../../src/print/columns.js';
import { conversation } from '../../../src/sim/conversation.js';
import { fieldText } from '../../support/fields.js';
import { ALL_FRAMES } from '../../support/frames/all.js';
import { frameSet } from '../../support/frames/frame-set.js';
import { tsharkFields } from '../../support/oracle.js';
import { pcapFile } from '../../support/pcap.js';

/** Those that Wireshark has under other names, or not at all (docs/json.md). */
const OWN = new Set([
  ...Object.values(PacketFields).map(({ name }) => name),
  'icmpv6.nd.target_address',
  ...['a', 'aaaa', 'ns', 'cname', 'ptr', 'mx', 'srv'].map((name) => `dns.resp.${name}`),
]);

/** Wireshark's names for what the tests' files do not have, or what tshark 4.0 prints otherwise. */
const ELSEWHERE = new Set(['frame.time', 'frame.time_utc', 'frame.comment']);

const COMPARED = [...FIELDS_BY_NAME]
  .map(([name, fields]) => ({ name, fields }))
  .filter(({ name }) => !OWN.has(name) && !ELSEWHERE.has(name) && !name.includes('.interface_'));

/** Where tshark has other values, and why. */
const DIFFERENCES: readonly (readonly [difference: RegExp, why: string])[] = [
  [/^ICMP.* (ip|ipv6|tcp|udp|dns|ah)\./, 'the datagram that an error quotes is not decoded'],
  [/^Ethernet and VLAN\/(qinq|oldTags) vlan/, 'tags of other EtherTypes are other protocols to it'],
  [/ llc\.pid:/, "each organisation's numbers have a field of their own there"],
  [/^ARP\/(other|long|wrong).* arp\.(src|dst)/, 'addresses of other lengths are not addresses'],
  [/^IPv4\/(shortHeader|total|version6|icmp6)|^IPv6\/hopByHop/, 'tcpdump goes no further, or it'],
  [/^IPv4\/option \w+Short/, 'it stops at a broken option'],
  [
    /^(IPv4\/option strictSource|UDP\/source) ip\.(dst|addr|host)/,
    'it shows the last hop of the route',
  ],
  [/^TCP\/headerShort/, 'it stops at the wrong length'],
  [/ dns\.(resp\.\w+|a): .* nmcap $/, 'only answers to queries are recorded'],
  [/^DNS queries\/update /, 'updates have other names for the sections there'],
  [/^DNS answers\/(kinds|allOptions)/, 'it stops at a broken record; the root has a name there'],
  [/ dns\.flags\.authenticated: tshark ,/, 'shown in responses there, though queries have it'],
  [/^DNS queries\/(root|control|pointer|bitLabel|tooLong)/, 'odd names are shown as tcpdump does'],
  [/^(DNS over TCP|PPPoE|SCTP)\/short/, 'it shows nothing of what is too short'],
  [/^(PPPoE\/(addressField|pppd|ppp)|PPP frames\/overEthernet) /, 'it expects no address field'],
  [/^PPP frames\/serial/, 'it expects no escapes there'],
  [/^PPP frames\/multilink /, 'it looks into the first fragment'],
  [
    /^(ICMP|IPv4|IPv6)\/(first)?[fF]ragment(First)? (icmp|udp)\.| http\.response/,
    'it waits for the rest',
  ],
  [/^MPLS\/unknown|^GRE\/version2/, 'tcpdump goes no further'],
  [/^IGMP\/overIpv6/, 'tcpdump does not take it for IGMP'],
  [/^(DVMRP|PIM version 1|IGMP\/dvmrp).* igmp\.type/, 'it takes them for protocols of IP'],
  [
    /^PIM (registers|version 1\/register).* (ip|ipv6|udp)\./,
    'the datagram in a register is not decoded without -v',
  ],
];

/** A value as --fields prints it: numbers in decimal. */
function inDecimal(values: string): string {
  return values.replaceAll(/\b0x[0-9a-f]+\b/g, (value) => String(Number(value)));
}

const CONVERSATION = frameSet(
  'the simulated conversation',
  Object.fromEntries(
    conversation({ seed: 7, rings: 1 }).map(({ bytes }, number) => [`frame ${number}`, bytes]),
  ),
);

describe('Fields, as tshark has them', () => {
  for (const { title, frames, linkType } of [CONVERSATION, ...ALL_FRAMES]) {
    it(title, () => {
      const packets = Object.values(frames).map((bytes) => ({ bytes }));
      const expected = tsharkFields(
        pcapFile(packets, linkType),
        COMPARED.map(({ name }) => name),
      );
      const actual = fieldText(new ColumnFormat(COMPARED), packets, linkType).split('\n');
      const differences = Object.keys(frames).flatMap((frame, row) => {
        const values = actual[row]?.split('\t') ?? [];
        return COMPARED.flatMap(({ name }, column) => {
          const theirs = inDecimal(expected[row]?.[column] ?? '');
          const ours = values[column] ?? '';
          const difference = `${title}/${frame} ${name}: tshark ${theirs}, nmcap ${ours}`;
          if (theirs === ours || DIFFERENCES.some(([known]) => known.test(difference))) return [];
          return [difference];
        });
      });
      assert.deepEqual(differences, []);
    });
  }

  it('times that go back', () => {
    const times = [
      [1_700_000_010, 5],
      [1_700_000_008, 999_999_999],
      [1_700_000_008, 4],
      [1_700_000_010, 6],
      [1_700_000_010, 5],
    ] as const;
    const packets = times.map(([seconds, nanoseconds]) => {
      return { bytes: new Uint8Array(60), seconds, nanoseconds };
    });
    const names = ['frame.time_epoch', 'frame.time_delta', 'frame.time_relative'];
    const columns = COMPARED.filter(({ name }) => names.includes(name));
    const rows = fieldText(new ColumnFormat(columns), packets).split('\n').slice(0, -1);
    assert.deepEqual(
      rows.map((row) => row.split('\t')),
      tsharkFields(
        pcapFile(packets),
        columns.map(({ name }) => name),
      ),
    );
  });
});
