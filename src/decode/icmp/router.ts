import { Char } from '../../text/char.js';
import type { Packet } from '../packet.js';

const HEADER = 8;
/** An address and its preference. */
const ENTRY = 8;

/** Routers and their preferences (RFC 1256); false if they were cut off. */
export function printRouterAdvertisement(packet: Packet, at: number): boolean {
  const { line } = packet;
  if (!packet.has(at, HEADER)) return false;
  const count = packet.u8(at + 4);
  const entrySize = packet.u8(at + 5);
  const lifetime = packet.u16(at + 6);
  line.text('router advertisement lifetime ');
  if (lifetime < 60) {
    line.decimal(lifetime);
  } else {
    if (lifetime >= 3600) {
      line.decimal(Math.floor(lifetime / 3600));
      line.byte(Char.Colon);
      line.paddedDecimal(Math.floor((lifetime % 3600) / 60), 2);
    } else {
      line.decimal(Math.floor(lifetime / 60));
    }
    line.byte(Char.Colon);
    line.paddedDecimal(lifetime % 60, 2);
  }
  line.byte(Char.Space);
  line.decimal(count);
  line.byte(Char.Colon);
  if (entrySize !== 2) {
    line.text(' [size ');
    line.decimal(entrySize);
    line.byte(Char.RightBracket);
    return true;
  }
  for (let i = 0; i < count; i++) {
    const entry = at + HEADER + ENTRY * i;
    if (!packet.has(entry, ENTRY)) return false;
    line.text(' {');
    packet.writeIpv4(entry);
    line.byte(Char.Space);
    line.decimal(packet.u32(entry + 4));
    line.byte(Char.RightBrace);
  }
  return true;
}
