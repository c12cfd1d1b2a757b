import { printDnsOverTcp } from '../dns/dns.js';
import { printHttp } from '../http.js';
import type { Packet } from '../packet.js';

type Decoder = (packet: Packet, at: number, length: number) => void;

/**
 * What is on a port, in the order in which tcpdump checks (tcp_print in print-tcp.c): the first
 * that matches either port is taken. Those that nmcap does not decode are listed to keep the order.
 */
const SERVICES: readonly (readonly [decoder: Decoder | undefined, ...ports: number[]])[] = [
  [undefined, 23],
  [undefined, 25],
  [undefined, 43],
  [undefined, 179],
  [undefined, 1723],
  [undefined, 6379],
  [undefined, 22],
  [undefined, 10288],
  [undefined, 6633, 6653],
  [undefined, 21],
  [printHttpAfterColon, 80, 8080],
  [undefined, 554, 8554],
  [printDnsOverTcp, 53],
];

/** Each port's index into SERVICES; NONE where there is nothing. */
const NONE = 0xff;
const SERVICE_OF_PORT = new Uint8Array(0x1_0000).fill(NONE);
for (const [index, [, ...ports]] of SERVICES.entries()) {
  for (const port of ports) SERVICE_OF_PORT[port] = index;
}

/** The data of a segment between the two ports. */
export function printTcpPayload(
  packet: Packet,
  sourcePort: number,
  destinationPort: number,
  at: number,
  length: number,
): void {
  const index = Math.min(
    SERVICE_OF_PORT[sourcePort] ?? NONE,
    SERVICE_OF_PORT[destinationPort] ?? NONE,
  );
  if (index !== NONE) SERVICES[index]?.[0]?.(packet, at, length);
}

function printHttpAfterColon(packet: Packet, at: number, length: number): void {
  packet.line.text(': ');
  printHttp(packet, at, length);
}
