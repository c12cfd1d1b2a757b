import { Char } from '../text/char.js';
import { checksum } from './checksum.js';
import { Layer } from './field.js';
import { IpProtocol } from './ip-protocol.js';
import { type Names, writeName } from './names.js';
import type { Packet } from './packet.js';
import { writePaddedText } from './padded-text.js';
import { upperLayerChecksum } from './pseudo-header.js';

export const VrrpLayer = new Layer('vrrp');

const ADVERTISEMENT = 1;
const HEADER = 8;
/** Offsets into the header (RFC 3768, 5.1; RFC 5798, 5.1). */
const ROUTER = 1;
const PRIORITY = 2;
const ADDRESS_COUNT = 3;
const CHECKSUM = 6;
/** Of version 2. */
const AUTHENTICATION = 4;
const INTERVAL = 5;
/** Of version 3, in hundredths of a second. */
const MAX_INTERVAL = 4;
const AUTHENTICATION_TEXT = 1;
const PASSWORD = 8;

const AUTHENTICATION_NAMES: Names = new Map([
  [0, 'none'],
  [AUTHENTICATION_TEXT, 'simple'],
  [2, 'ah'],
]);

/** VRRP, versions 2 (RFC 3768) and 3 (RFC 5798). CARP has the same protocol number. */
export function printVrrp(packet: Packet, at: number, length: number): void {
  const { line, ip } = packet;
  packet.protocol = 'vrrp';
  packet.fields?.layer(VrrpLayer);
  line.text('VRRP');
  const first = packet.u8(at);
  if (packet.isTruncated()) return;
  const version = first >> 4;
  const type = first & 15;
  line.byte(Char.LowerV);
  line.decimal(version);
  line.text(', ');
  if (type === ADVERTISEMENT) {
    line.text('Advertisement');
  } else {
    line.text('unknown type (');
    line.decimal(type);
    line.byte(Char.RightParenthesis);
  }
  if (ip.hopLimit !== 255) {
    line.text(', (ttl ');
    line.decimal(ip.hopLimit);
    line.byte(Char.RightParenthesis);
  }
  if (version < 2 || version > 3 || type !== ADVERTISEMENT) return;
  if (!packet.need(at + ROUTER, 2)) return;
  line.text(', vrid ');
  line.decimal(packet.u8(at + ROUTER));
  line.text(', prio ');
  line.decimal(packet.u8(at + PRIORITY));
  const authentication = version === 2 ? packet.u8(at + AUTHENTICATION) : 0;
  if (version === 2) {
    if (packet.isTruncated()) return;
    line.text(', authtype ');
    writeName(line, AUTHENTICATION_NAMES, authentication, '#');
    const interval = packet.u8(at + INTERVAL);
    line.text(', intvl ');
    line.decimal(interval);
    line.text('s, length ');
  } else {
    const interval = packet.u16(at + MAX_INTERVAL) & 0x0fff;
    line.text(', intvl ');
    line.decimal(interval);
    line.text('cs, length ');
  }
  line.decimal(length);
  if (packet.options.verbosity === 0) return;
  if (packet.has(at, length)) writeWrongChecksum(packet, version, at, length);
  const end = printAddresses(packet, packet.u8(at + ADDRESS_COUNT), at + HEADER);
  if (authentication === AUTHENTICATION_TEXT) {
    line.text(' auth "');
    writePaddedText(packet, end, PASSWORD);
    line.byte(Char.Quote);
  }
}

function writeWrongChecksum(packet: Packet, version: number, at: number, length: number): void {
  const result =
    version === 2
      ? checksum(packet, at, length)
      : upperLayerChecksum(packet, at, length, IpProtocol.Vrrp);
  if (result === 0) return;
  packet.line.text(', (bad vrrp cksum ');
  packet.line.hex(packet.u16(at + CHECKSUM));
  packet.line.byte(Char.RightParenthesis);
}

/** Returns where they end. */
function printAddresses(packet: Packet, count: number, start: number): number {
  const { line } = packet;
  const size = packet.ip.version === 4 ? 4 : 16;
  line.text(', addrs');
  if (count > 1) {
    line.byte(Char.LeftParenthesis);
    line.decimal(count);
    line.byte(Char.RightParenthesis);
  }
  line.byte(Char.Colon);
  for (let i = 0; i < count; i++) {
    if (!packet.need(start + i * size, size)) break;
    line.byte(i === 0 ? Char.Space : Char.Comma);
    if (size === 4) packet.writeIpv4(start + i * size);
    else packet.writeIpv6(start + i * size);
  }
  return start + count * size;
}
