import type { Packet } from '../packet.js';

const ESCAPE = 0x7d;
const ESCAPED_BIT = 0x20;

/**
 * Removes the escapes of HDLC-like framing (RFC 1662, 4.2) from `at` on, and has `body` decode the
 * result in place of the packet.
 */
export function withoutEscapes(
  packet: Packet,
  at: number,
  body: (at: number, length: number) => void,
): void {
  const { view, end } = packet;
  const unescaped = new Uint8Array(packet.remaining(at));
  let length = 0;
  for (let next = at; next < end; next++) {
    let value = view.getUint8(next);
    if (value === ESCAPE) {
      next++;
      if (next === end) break;
      value = view.getUint8(next) ^ ESCAPED_BIT;
    }
    unescaped[length++] = value;
  }
  packet.view = new DataView(unescaped.buffer);
  packet.end = length;
  body(0, length);
  packet.view = view;
  packet.end = end;
}
