import type { Packet } from '../packet.js';

/** An address, where 0.0.0.0 means that there is none. */
export function writeAddressUnlessZero(packet: Packet, label: string, at: number): void {
  if (packet.u32(at) === 0) return;
  packet.line.text(label);
  packet.writeIpv4(at);
}
