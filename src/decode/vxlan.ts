import { Char } from '../text/char.js';
import { Layer } from './field.js';
import type { Packet } from './packet.js';

const vxlan = new Layer('vxlan');
export const VxlanFields = { layer: vxlan, network: vxlan.number('vni') } as const;

const HEADER = 8;
/** Offset of the virtual network identifier. */
const NETWORK = 4;
const VALID_VNI = 0x08;

/** VXLAN (RFC 7348): the Ethernet frame in it is shown on a line of its own. */
export function printVxlan(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'vxlan';
  packet.fields?.layer(VxlanFields.layer);
  packet.fields?.u24(VxlanFields.network, at + NETWORK);
  line.text('VXLAN');
  if (length < HEADER) {
    packet.writeInvalid();
    return;
  }
  const flags = packet.u8(at);
  if (packet.isTruncated()) return;
  line.text(flags & VALID_VNI ? ', flags [I] (0x' : ', flags [invalid] (0x');
  line.hexByte(flags);
  line.text('), ');
  const network = packet.u24(at + NETWORK);
  if (packet.isTruncated()) return;
  line.text('vni ');
  line.decimal(network);
  line.byte(Char.LineFeed);
  if (packet.need(at + 7, 1)) packet.decoders.ethernet(packet, at + HEADER, length - HEADER);
}
