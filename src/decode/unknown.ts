import { hexAsciiDump, hexDump } from '../text/hex.js';
import type { Packet } from './packet.js';

/** What no decoder knows, in hexadecimal and ASCII. */
export function dumpUnknown(packet: Packet, at: number, length: number): void {
  const there = Math.min(length, packet.remaining(at));
  hexAsciiDump(packet.line, packet.view, at, there);
  if (there < length) packet.truncate();
}

/** The same without the ASCII, as far as it was captured. */
export function dumpUnknownHex(packet: Packet, at: number, length: number, indent: string): void {
  if (at > packet.end) {
    // As in print_unknown_data of util-print.c.
    packet.line.text(indent);
    packet.line.text('Dissector error: print_unknown_data called with pointer past end of packet');
    return;
  }
  hexDump(packet.line, packet.view, at, Math.min(length, packet.remaining(at)), indent);
}
