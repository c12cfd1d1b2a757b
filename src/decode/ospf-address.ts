import type { Packet } from './packet.js';

/** An address where zeros mean that there is none. */
export function writeAddressUnlessZero(packet: Packet, label: string, at: number): void {
  if (packet.u32(at) === 0) return;
  packet.line.text(label);
  packet.writeIpv4(at);
}

/** The router that sent the packet, and the area that it is of. */
export function writeOspfRouter(packet: Packet, at: number): void {
  const { line } = packet;
  if (!packet.need(at, 4)) return;
  line.text('\n\tRouter-ID ');
  packet.writeIpv4(at);
  if (!packet.need(at + 4, 4)) return;
  if (packet.u32(at + 4) === 0) {
    line.text(', Backbone Area');
    return;
  }
  line.text(', Area ');
  packet.writeIpv4(at + 4);
}
