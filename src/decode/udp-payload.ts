import { printDhcp } from './dhcp/dhcp.js';
import { printDns, printMulticastDns } from './dns/dns.js';
import { printGeneve } from './geneve.js';
import { printMpls } from './mpls.js';
import { printNtp } from './ntp.js';
import type { Packet } from './packet.js';
import { printVxlan } from './vxlan.js';

type Decoder = (packet: Packet, at: number, length: number) => void;

/** A decoder and its ports, as source, as destination, or as either. */
interface Service {
  readonly decoder: Decoder | undefined;
  readonly ports: readonly number[];
  readonly side?: 'source' | 'destination';
}

/**
 * What is on a port, in the order in which tcpdump checks (udp_print in print-udp.c): the first that
 * matches is taken. Those that nmcap does not decode are listed to keep the order.
 */
const SERVICES: readonly Service[] = [
  { decoder: printDns, ports: [53] },
  { decoder: printMulticastDns, ports: [5353] },
  { decoder: undefined, ports: [525, 69] },
  { decoder: printDhcp, ports: [67, 68] },
  { decoder: undefined, ports: [520, 654, 500, 4500, 7500, 8500, 161, 162] },
  { decoder: printNtp, ports: [123] },
  { decoder: undefined, ports: [88, 750, 1701] },
  { decoder: undefined, ports: [3456], side: 'destination' },
  {
    decoder: undefined,
    ports: [2103, 2104, 7000, 7001, 7002, 7003, 7004, 7005, 7006, 7007, 7008, 7009],
  },
  { decoder: undefined, ports: [521, 546, 547, 5359, 6696, 6697, 8231] },
  { decoder: undefined, ports: [4567], side: 'destination' },
  { decoder: undefined, ports: [496, 1645, 1812, 1646, 1813, 1700, 3799] },
  { decoder: undefined, ports: [1985], side: 'destination' },
  { decoder: undefined, ports: [921, 646, 698, 3503] },
  { decoder: undefined, ports: [49152], side: 'source' },
  { decoder: undefined, ports: [3784, 4784, 6784, 3785], side: 'destination' },
  { decoder: undefined, ports: [701, 1589, 6343, 12223, 12222, 5060, 514] },
  // The port that Linux used for VXLAN before one was assigned; OTV uses it too, with the same
  // header.
  { decoder: printVxlan, ports: [8472], side: 'destination' },
  { decoder: printVxlan, ports: [4789] },
  // A source port is only there to spread flows (RFC 8926, 3.3).
  { decoder: printGeneve, ports: [6081], side: 'destination' },
  { decoder: undefined, ports: [4342, 4790, 17754] },
  { decoder: printMpls, ports: [6635] },
];

const NONE = 0xff;
const OF_SOURCE = new Uint8Array(0x1_0000).fill(NONE);
const OF_DESTINATION = new Uint8Array(0x1_0000).fill(NONE);
for (const [index, { ports, side }] of [...SERVICES.entries()].reverse()) {
  for (const port of ports) {
    if (side !== 'destination') OF_SOURCE[port] = index;
    if (side !== 'source') OF_DESTINATION[port] = index;
  }
}

/** The data of a datagram between the two ports; false if there is no decoder for it. */
export function printUdpPayload(
  packet: Packet,
  sourcePort: number,
  destinationPort: number,
  at: number,
  length: number,
): boolean {
  const index = Math.min(OF_SOURCE[sourcePort] ?? NONE, OF_DESTINATION[destinationPort] ?? NONE);
  if (index === NONE) return false;
  const decoder = SERVICES[index]?.decoder;
  if (decoder === undefined) return false;
  decoder(packet, at, length);
  return true;
}
