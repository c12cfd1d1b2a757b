import { printEthernet } from './ethernet.js';
import { ETHERTYPE_NAMES, printEtherType } from './ethertype.js';
import { printIpv4 } from './ipv4.js';
import { type Names, writeNameOrHex } from './names.js';
import type { Packet } from './packet.js';
import { printStp } from './stp.js';
import { dumpUnknown } from './unknown.js';

const Sap = { Ip: 0x06, Stp: 0x42, Snap: 0xaa, Global: 0xff } as const;

/** As tcpdump spells them (print-llc.c). */
const SAP_NAMES: Names = new Map<number, string>([
  [0x00, 'Null'],
  [0x02, '802.1B I'],
  [0x03, '802.1B G'],
  [0x04, 'SNA'],
  [Sap.Ip, 'IP'],
  [0x0e, 'ProWay NM'],
  [Sap.Stp, 'STP'],
  [0x4e, 'RS511'],
  [0x7e, 'ISO8208'],
  [0x8e, 'ProWay'],
  [Sap.Snap, 'SNAP'],
  [0xe0, 'IPX'],
  [0xf0, 'NetBeui'],
  [0xfe, 'OSI'],
  [Sap.Global, 'Global'],
]);

const UNNUMBERED_INFORMATION = 0x03;
const EXCHANGE_IDENTIFICATION = 0xaf;
const EXCHANGE_FORMAT = 0x81;

const COMMAND_NAMES: Names = new Map([
  [UNNUMBERED_INFORMATION, 'ui'],
  [0xe3, 'test'],
  [EXCHANGE_IDENTIFICATION, 'xid'],
  [0x63, 'ua'],
  [0x43, 'disc'],
  [0x0f, 'dm'],
  [0x6f, 'sabme'],
  [0x87, 'frmr'],
]);

/** Bit 0 of the source address, and the poll bit of the control field, in one or two bytes. */
const RESPONSE = 0x01;
const POLL_U = 0x10;
const POLL_IS = 0x0100;

const FLAG_NAMES: Names = new Map([
  [0, 'Command'],
  [RESPONSE, 'Response'],
  [POLL_U, 'Poll'],
  [RESPONSE | POLL_U, 'Final'],
  [POLL_IS, 'Poll'],
  [RESPONSE | POLL_IS, 'Final'],
]);

const SUPERVISORY_NAMES = ['Receiver Ready', 'Receiver not Ready', 'Reject', '?'];

const SNAP_HEADER = 5;

const Oui = {
  Ethernet: 0x000000,
  Cisco: 0x00000c,
  CiscoBridged: 0x0000f8,
  Rfc2684: 0x0080c2,
  AppleTalk: 0x080007,
} as const;

const OUI_NAMES: Names = new Map<number, string>([
  [Oui.Ethernet, 'Ethernet'],
  [Oui.Cisco, 'Cisco'],
  [0x00005e, 'IANA'],
  [0x000081, 'Nortel Networks SONMP'],
  [Oui.CiscoBridged, 'Cisco bridged'],
  [Oui.Rfc2684, 'Ethernet bridged'],
  [0x00a03e, 'ATM Forum'],
  [0x00e02f, 'DOCSIS Spanning Tree'],
  [Oui.AppleTalk, 'Appletalk'],
  [0x009069, 'Juniper'],
  [0x080009, 'Hewlett-Packard'],
  [0x00120f, 'IEEE 802.3 Private'],
  [0x0012bb, 'ANSI/TIA'],
  [0x001b21, 'DCBX'],
  [0x002320, 'Nicira Networks'],
  [0x5c16c7, 'Big Switch Networks'],
  [0xb0d2f5, 'Vello Systems'],
  [0x002481, 'HP'],
  [0x0004ea, 'HP-Labs'],
  [0x748771, 'Infoblox Inc'],
  [0xa42305, 'Open Networking Lab'],
  [0x00049f, 'Freescale'],
  [0x0015ad, 'Netronome'],
  [0x001018, 'Broadcom'],
  [0x00e004, 'PMC-Sierra'],
  [0xd0f0db, 'Ericsson'],
]);

const CISCO_PVST = 0x010b;
const CISCO_VLAN_BRIDGE = 0x010c;
const BRIDGED_ETHERNET_FCS = 0x0001;
const BRIDGED_ETHERNET = 0x0007;
const BRIDGED_BPDU = 0x000e;
/** Bytes before a bridged Ethernet frame behind SNAP (RFC 2684, 5.2). */
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
    Oui.Rfc2684,
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

/**
 * An IEEE 802.2 frame. `addressesAt` is where the Ethernet header with its addresses is, -1 if there
 * is none. Returns the length of the header, negative if the rest is still to be dumped.
 */
export function printLlc(packet: Packet, at: number, length: number, addressesAt: number): number {
  packet.protocol = 'llc';
  const available = Math.min(packet.remaining(at), length);
  const isUnnumbered = available >= 3 && (packet.u8(at + 2) & 3) === 3;
  const header = isUnnumbered ? 3 : 4;
  if (available < header) {
    packet.writeTruncated();
    dumpUnknown(packet, at, packet.remaining(at));
    return available;
  }
  const destinationField = packet.u8(at);
  const sourceField = packet.u8(at + 1);
  const destination = destinationField & ~1;
  const source = sourceField & ~RESPONSE;
  const control = isUnnumbered ? packet.u8(at + 2) : packet.u16le(at + 2);
  if (packet.options.linkHeader) {
    writeHeader(packet, destinationField, sourceField, control, isUnnumbered);
  }
  const data = at + header;
  const dataLength = length - header;
  if (source === destination && control === UNNUMBERED_INFORMATION) {
    switch (source) {
      case Sap.Snap: {
        const isKnown = printSnap(packet, data, dataLength, addressesAt);
        return isKnown ? header + SNAP_HEADER : -(header + SNAP_HEADER);
      }
      case Sap.Stp:
        printStp(packet, data, dataLength);
        return header;
      case Sap.Ip:
        printIpv4(packet, data, dataLength);
        return header;
    }
  }
  if (!packet.options.linkHeader) writeAccessPoints(packet, destination, source, addressesAt);
  const isWithoutPayload = isUnnumbered
    ? printUnnumbered(packet, control, sourceField, data, length)
    : printNumbered(packet, control, sourceField, length);
  return isWithoutPayload ? header : -header;
}

/** -e */
function writeHeader(
  packet: Packet,
  destinationField: number,
  sourceField: number,
  control: number,
  isUnnumbered: boolean,
): void {
  const { line } = packet;
  line.text('LLC, dsap ');
  writeAccessPoint(packet, destinationField & ~1);
  line.text(destinationField & 1 ? ' Group, ssap ' : ' Individual, ssap ');
  writeAccessPoint(packet, sourceField & ~1);
  line.text(sourceField & RESPONSE ? ' Response, ctrl 0x' : ' Command, ctrl 0x');
  line.hex(control, isUnnumbered ? 2 : 4);
  line.text(': ');
}

function writeAccessPoint(packet: Packet, sap: number): void {
  packet.line.text(SAP_NAMES.get(sap) ?? 'Unknown');
  packet.line.text(' (0x');
  packet.line.hexByte(sap);
  packet.line.byte(0x29);
}

function writeAccessPoints(
  packet: Packet,
  destination: number,
  source: number,
  addressesAt: number,
): void {
  const { line } = packet;
  const hasAddresses = addressesAt >= 0;
  if (hasAddresses) {
    packet.writeMac(addressesAt + 6);
    line.byte(0x20);
  }
  if (source !== destination) {
    writeNameOrHex(line, SAP_NAMES, source, 'Unknown SSAP 0x', 2);
    line.byte(0x20);
  }
  if (hasAddresses || source !== destination) line.text('> ');
  if (hasAddresses) {
    packet.writeMac(addressesAt);
    line.byte(0x20);
  }
  writeNameOrHex(line, SAP_NAMES, destination, 'Unknown DSAP 0x', 2);
  line.byte(0x20);
}

/** True if there is nothing behind the header that is still to be shown. */
function printUnnumbered(
  packet: Packet,
  control: number,
  sourceField: number,
  data: number,
  length: number,
): boolean {
  const { line } = packet;
  line.text('Unnumbered, ');
  writeNameOrHex(line, COMMAND_NAMES, control & ~POLL_U, '', 2);
  writeFlagsAndLength(packet, (sourceField & RESPONSE) | (control & POLL_U), length);
  if ((control & ~POLL_U) !== EXCHANGE_IDENTIFICATION) return false;
  const dataLength = length - 3;
  if (dataLength === 0) return true;
  const captured = packet.remaining(data);
  if (captured < 1) {
    packet.writeTruncated();
    return true;
  }
  if (packet.u8(data) !== EXCHANGE_FORMAT) return false;
  if (captured < 3 || dataLength < 3) {
    packet.writeTruncated();
    dumpUnknown(packet, data, captured);
  } else {
    line.text(': ');
    line.hexByte(packet.u8(data + 1));
    line.byte(0x20);
    line.hexByte(packet.u8(data + 2));
  }
  return true;
}

/** A supervisory frame, which is all there is of it (true), or one with information. */
function printNumbered(
  packet: Packet,
  control: number,
  sourceField: number,
  length: number,
): boolean {
  const { line } = packet;
  const isSupervisory = (control & 1) === 1;
  if (isSupervisory) {
    line.text('Supervisory, ');
    line.text(SUPERVISORY_NAMES[(control >> 2) & 3] ?? '?');
  } else {
    line.text('Information, send seq ');
    line.decimal((control >> 1) & 0x7f);
  }
  line.text(', rcv seq ');
  line.decimal((control >> 9) & 0x7f);
  writeFlagsAndLength(packet, (sourceField & RESPONSE) | (control & POLL_IS), length);
  return isSupervisory;
}

function writeFlagsAndLength(packet: Packet, flags: number, length: number): void {
  const { line } = packet;
  line.text(', Flags [');
  line.text(FLAG_NAMES.get(flags) ?? '?');
  line.text('], length ');
  line.decimal(length);
}

/** The SNAP extension of 802.2; false if the rest is still to be dumped. */
function printSnap(packet: Packet, at: number, length: number, addressesAt: number): boolean {
  const { line, options } = packet;
  packet.protocol = 'snap';
  if (!packet.has(at, SNAP_HEADER) || length < SNAP_HEADER) {
    packet.writeTruncated();
    return true;
  }
  const oui = packet.u24(at);
  const protocol = packet.u16(at + 3);
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
    case Oui.Rfc2684:
      if (protocol === BRIDGED_BPDU) {
        printStp(packet, data, dataLength);
        return true;
      }
      if (protocol === BRIDGED_ETHERNET || protocol === BRIDGED_ETHERNET_FCS) {
        if (!packet.has(data, BRIDGE_PAD)) packet.writeTruncated();
        else printEthernet(packet, data + BRIDGE_PAD, dataLength - BRIDGE_PAD);
        return true;
      }
      break;
  }
  if (!options.linkHeader) {
    if (addressesAt >= 0) {
      packet.writeMac(addressesAt + 6);
      line.text(' > ');
      packet.writeMac(addressesAt);
      line.byte(0x20);
    }
    line.text('SNAP, ');
    writeSnapHeader(packet, oui, protocol, dataLength);
  }
  return false;
}

/** With -e the organisation is named even when it is the one that means EtherTypes. */
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
