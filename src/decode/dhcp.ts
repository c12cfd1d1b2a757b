import { DhcpLayer } from './fields.js';
import { type Names, writeNameOrHex } from './names.js';
import type { Packet } from './packet.js';

const REQUEST = 1;
const OPERATION_NAMES: Names = new Map([
  [REQUEST, 'Request'],
  [2, 'Reply'],
]);

const HARDWARE_ETHERNET = 1;
const MAC = 6;
/** Where the client's hardware address is (RFC 2131, 2). */
const CLIENT_HARDWARE = 28;

/** BOOTP and DHCP: who asks, or that somebody answers. */
export function printDhcp(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'bootp';
  packet.fields?.layer(DhcpLayer);
  const operation = packet.u8(at);
  if (packet.isTruncated()) return;
  line.text('BOOTP/DHCP, ');
  writeNameOrHex(line, OPERATION_NAMES, operation, 'unknown (0x', 2, ')');
  const hardware = packet.u8(at + 1);
  const hardwareLength = packet.u8(at + 2);
  if (hardware === HARDWARE_ETHERNET && hardwareLength === MAC && operation === REQUEST) {
    if (!packet.need(at + CLIENT_HARDWARE, MAC)) return;
    line.text(' from ');
    packet.writeMac(at + CLIENT_HARDWARE);
  }
  line.text(', length ');
  line.decimal(length);
}
