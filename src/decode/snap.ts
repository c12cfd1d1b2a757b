import { Char } from '../text/char.js';
import { ETHERTYPE_NAMES } from './ethertype.js';
import { printEtherType } from './ethertype-payload.js';
import { LlcFields } from './llc-fields.js';
import type { Names } from './names.js';
import { Oui, OUI_NAMES } from './oui.js';
import type { Packet } from './packet.js';
import { printStp } from './stp.js';

export const SNAP_HEADER = 5;

const CISCO_PVST = 0x010b;
const CISCO_VLAN_BRIDGE = 0x010c;
const BRIDGED_ETHERNET_FCS = 0x0001;
const BRIDGED_ETHERNET = 0x0007;
const BRIDGED_BPDU = 0x000e;
/** Padding between SNAP and a bridged Ethernet frame (RFC 2684, 5.2). */
const BRIDGE_PAD = 2;

const PROTOCOL_NAMES: ReadonlyMap<number, Names> = new Map([
  [Oui.Ethernet, ETHERTYPE_NAMES],
  [Oui.CiscoBridged, ETHERTYPE_NAMES],
  [Oui.AppleTalk, ETHERTYPE_NAMES],
  [
    Oui.Cisco,
    new Map([
      [0x2000, 'CDP'],
      [0x2003, 'VTP'],
      [0x2004, 'DTP'],
      [0x0111, 'UDLD'],
      [CISCO_PVST, 'PVST'],
      [CISCO_VLAN_BRIDGE, 'VLAN Bridge'],
    ]),
  ],
  [
    Oui.Ieee8021,
    new Map([
      [BRIDGED_ETHERNET_FCS, 'Ethernet + FCS'],
      [0x0002, '802.4 + FCS'],
      [0x0003, 'Token Ring + FCS'],
      [0x0004, 'FDDI + FCS'],
      [0x0005, '802.6 + FCS'],
      [BRIDGED_ETHERNET, 'Ethernet w/o FCS'],
      [0x0008, '802.4 w/o FCS'],
      [0x0009, 'Token Ring w/o FCS'],
      [0x000a, 'FDDI w/o FCS'],
      [0x000b, '802.6 w/o FCS'],
      [BRIDGED_BPDU, 'BPDU'],
    ]),
  ],
]);

/** The SNAP extension of 802.2; false if the rest has yet to be dumped. */
export function printSnap(
  packet: Packet,
  at: number,
  length: number,
  addressesAt: number,
): boolean {
  const { line, options } = packet;
  packet.protocol = 'snap';
  if (!packet.has(at, SNAP_HEADER) || length < SNAP_HEADER) {
    packet.writeTruncated();
    return true;
  }
  const oui = packet.u24(at);
  const protocol = packet.u16(at + 3);
  packet.fields?.number(LlcFields.oui, oui);
  const isEtherType = oui === Oui.Ethernet || oui === Oui.CiscoBridged;
  packet.fields?.number(isEtherType ? LlcFields.type : LlcFields.protocol, protocol);
  const data = at + SNAP_HEADER;
  const dataLength = length - SNAP_HEADER;
  if (options.linkHeader) writeSnapHeader(packet, oui, protocol, dataLength);
  switch (oui) {
    case Oui.Ethernet:
    case Oui.CiscoBridged:
      if (printEtherType(packet, protocol, data, dataLength)) return true;
      break;
    case Oui.Cisco:
      if (protocol === CISCO_PVST || protocol === CISCO_VLAN_BRIDGE) {
        printStp(packet, data, dataLength);
        return true;
      }
      break;
    case Oui.Ieee8021:
      if (protocol === BRIDGED_BPDU) {
        printStp(packet, data, dataLength);
        return true;
      }
      if (protocol === BRIDGED_ETHERNET || protocol === BRIDGED_ETHERNET_FCS) {
        if (!packet.has(data, BRIDGE_PAD)) packet.writeTruncated();
        else packet.decoders.ethernet(packet, data + BRIDGE_PAD, dataLength - BRIDGE_PAD);
        return true;
      }
      break;
  }
  if (!options.linkHeader) {
    if (addressesAt >= 0) {
      packet.writeMac(addressesAt + 6);
      line.text(' > ');
      packet.writeMac(addressesAt);
      line.byte(Char.Space);
    }
    line.text('SNAP, ');
    writeSnapHeader(packet, oui, protocol, dataLength);
  }
  return false;
}

/** With -e the organisation is printed even if it is the one for EtherTypes. */
function writeSnapHeader(packet: Packet, oui: number, protocol: number, length: number): void {
  const { line } = packet;
  if (oui !== Oui.Ethernet || packet.options.linkHeader) {
    line.text('oui ');
    line.text(OUI_NAMES.get(oui) ?? 'Unknown');
    line.text(' (0x');
    line.hex(oui, 6);
    line.text('), ');
  }
  line.text(oui === Oui.Ethernet ? 'ethertype ' : 'pid ');
  line.text(PROTOCOL_NAMES.get(oui)?.get(protocol) ?? 'Unknown');
  line.text(' (0x');
  line.hex(protocol, 4);
  line.text('), length ');
  line.decimal(length);
  line.text(': ');
}
