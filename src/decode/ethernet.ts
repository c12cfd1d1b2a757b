import { Char } from '../text/char.js';
import { EtherType, ETHERTYPE_NAMES } from './ethertype.js';
import { printEtherType } from './ethertype-payload.js';
import { Layer } from './field.js';
import type { FieldRecorder } from './field-recorder.js';
import { printLlc } from './llc.js';
import { writeNameOrHex } from './names.js';
import type { Packet } from './packet.js';
import { dumpUnknown } from './unknown.js';

const eth = new Layer('eth');
export const EthernetFields = {
  layer: eth,
  destination: eth.text('dst'),
  source: eth.text('src'),
  type: eth.number('type'),
  length: eth.number('len'),
} as const;

const vlan = new Layer('vlan');
export const VlanFields = {
  layer: vlan,
  priority: vlan.number('priority'),
  dropEligible: vlan.boolean('dei'),
  id: vlan.number('id'),
  type: vlan.number('etype'),
} as const;

const HEADER = 14;
const ADDRESSES = 12;
const SOURCE = 6;
const VLAN_TAG = 4;
/** Offset of the next EtherType, after a tag's control information. */
const VLAN_TYPE = 2;
const DROP_ELIGIBLE = 0x1000;
/** The largest value of the type field that is a length (IEEE 802.3). */
const MAX_LENGTH = 1500;

/** An Ethernet frame. Returns the length of the link-layer header, for dumps that leave it out. */
export function printEthernet(packet: Packet, start: number, wireLength: number): number {
  const { line, options } = packet;
  if (!packet.nest()) return 0;
  packet.protocol = 'ether';
  const captured = packet.remaining(start);
  if (wireLength < captured) {
    line.text('[length ');
    line.decimal(wireLength);
    line.text(' < caplen ');
    line.decimal(captured);
    line.byte(Char.RightBracket);
    packet.writeInvalid();
    return wireLength;
  }
  if (packet.fields !== undefined) recordHeader(packet.fields, start);
  if (captured < HEADER) {
    packet.writeTruncated();
    return captured;
  }
  if (options.linkHeader) writeAddresses(packet, start);

  let type = packet.u16(start + ADDRESSES);
  let at = start + HEADER;
  let length = wireLength - HEADER;
  let lengthWritten = false;

  if (packet.fields !== undefined) recordType(packet.fields, type);

  while (isVlan(type)) {
    if (packet.remaining(at) < VLAN_TAG || length < VLAN_TAG) {
      packet.protocol = 'vlan';
      packet.writeTruncated();
      return at - start + Math.min(packet.remaining(at), length);
    }
    if (options.linkHeader) {
      writeType(packet, type);
      if (lengthWritten) line.text(', ');
      else writeLength(packet, wireLength);
      lengthWritten = true;
      writeVlanTag(packet, packet.u16(at));
      line.text(', ');
    }
    if (packet.fields !== undefined)
      recordVlanTag(packet.fields, packet.u16(at), packet.u16(at + VLAN_TYPE));
    type = packet.u16(at + VLAN_TYPE);
    at += VLAN_TAG;
    length -= VLAN_TAG;
  }

  if (type <= MAX_LENGTH) {
    if (type < length) length = type;
    const outer = packet.narrow(at, length);
    if (options.linkHeader) {
      line.text('802.3');
      if (!lengthWritten) writeLength(packet, length);
    }
    const headerLength = printLlcOrDump(packet, at, length, start);
    packet.end = outer;
    return at - start + headerLength;
  }
  if (type === EtherType.Jumbo) return at - start + printLlcOrDump(packet, at, length, start);

  if (options.linkHeader) {
    writeType(packet, type);
    if (lengthWritten) line.text(', ');
    else writeLength(packet, wireLength);
  }
  if (!printEtherType(packet, type, at, length)) {
    if (!options.linkHeader) {
      writeAddresses(packet, start);
      writeType(packet, type);
      writeLength(packet, wireLength);
    }
    if (options.dumpUnknown) dumpUnknown(packet, at, packet.remaining(at));
  }
  return at - start;
}

function recordHeader(fields: FieldRecorder, at: number): void {
  fields.layer(EthernetFields.layer);
  fields.mac(EthernetFields.destination, at);
  fields.mac(EthernetFields.source, at + SOURCE);
}

function recordType(fields: FieldRecorder, type: number): void {
  fields.number(type > MAX_LENGTH ? EthernetFields.type : EthernetFields.length, type);
}

/** `type` is not recorded if it is a length. */
export function recordVlanTag(fields: FieldRecorder, tag: number, type: number): void {
  fields.layer(VlanFields.layer);
  fields.number(VlanFields.priority, tag >> 13);
  fields.boolean(VlanFields.dropEligible, (tag & DROP_ELIGIBLE) !== 0);
  fields.number(VlanFields.id, tag & 0xfff);
  if (type > MAX_LENGTH) fields.number(VlanFields.type, type);
}

function isVlan(type: number): boolean {
  return (
    type === EtherType.Vlan ||
    type === EtherType.ProviderBridging ||
    type === EtherType.Qinq9100 ||
    type === EtherType.Qinq9200
  );
}

function printLlcOrDump(packet: Packet, at: number, length: number, addressesAt: number): number {
  const headerLength = printLlc(packet, at, length, addressesAt);
  if (headerLength >= 0) return headerLength;
  if (packet.options.dumpUnknown) dumpUnknown(packet, at, packet.remaining(at));
  return -headerLength;
}

function writeAddresses(packet: Packet, at: number): void {
  packet.writeMac(at + SOURCE);
  packet.line.text(' > ');
  packet.writeMac(at);
  packet.line.text(', ');
}

function writeType(packet: Packet, type: number): void {
  const { line } = packet;
  if (packet.options.quiet) {
    writeNameOrHex(line, ETHERTYPE_NAMES, type, 'Unknown Ethertype (0x', 4, ')');
    return;
  }
  line.text('ethertype ');
  line.text(ETHERTYPE_NAMES.get(type) ?? 'Unknown');
  line.text(' (0x');
  line.hex(type, 4);
  line.byte(Char.RightParenthesis);
}

function writeLength(packet: Packet, length: number): void {
  packet.line.text(', length ');
  packet.line.decimal(length);
  packet.line.text(': ');
}

/** Tag control information: VLAN, priority, drop eligible (IEEE 802.1Q, 9.6). */
export function writeVlanTag(packet: Packet, tag: number): void {
  const { line } = packet;
  line.text('vlan ');
  line.decimal(tag & 0xfff);
  line.text(', p ');
  line.decimal(tag >> 13);
  if (tag & DROP_ELIGIBLE) line.text(', DEI');
}
