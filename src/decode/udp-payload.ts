import { printDns, printMulticastDns } from './dns.js';
import type { Packet } from './packet.js';

type Decoder = (packet: Packet, at: number, length: number) => void;

/** A decoder and the ports it belongs to, as source, as destination, or as either. */
interface Service {
  readonly decoder: Decoder | undefined;
  readonly ports: readonly number[];
  readonly side?: 'source' | 'destination';
}

/**
 * What is on a port, in the order in which tcpdump asks (udp_print in print-udp.c): the first that
 * matches is taken. Those that nmcap does not decode stand here for the order's sake.
 */
const SERVICES: readonly Service[] = [
  { decoder: printDns, ports: [53] },
  { decoder: printMulticastDns, ports: [5353] },
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
