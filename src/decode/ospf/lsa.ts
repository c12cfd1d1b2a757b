import { Char } from '../../text/char.js';
import { writeHex, writeNumber } from '../labelled.js';
import { type BitNames, type Names, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { writeAddressUnlessZero } from './address.js';
import { isOpaque, LSA_NAMES, LsaType, OPAQUE_NAMES, OSPF_OPTIONS } from './names.js';
import { printOpaque } from './opaque.js';

/** Length of the header (RFC 2328, A.4.1). */
export const LSA_HEADER = 20;
/** Offsets into the header. */
const OPTIONS = 2;
const TYPE = 3;
/** An address, or the type and number of an opaque advertisement (RFC 5250, A.2). */
const ID = 4;
const ROUTER = 8;
const SEQUENCE = 12;
const LENGTH = 18;

const ROUTER_FLAGS: BitNames = [
  [0x01, 'ABR'],
  [0x02, 'ASBR'],
  [0x04, 'Virtual'],
  [0x08, 'Wildcard'],
  [0x10, 'Nt'],
  [0x80, 'Host'],
];

const TOPOLOGY_NAMES: Names = new Map([
  [0, 'default'],
  [1, 'multicast'],
  [2, 'management'],
]);

const MAX_METRIC = 0xff_ffff;

/** Length of the mask that network, summary and external advertisements begin with. */
const MASK = 4;

/** Returns the length of the whole advertisement that the header gives; 0 if that is too short. */
export function printLsaHeader(packet: Packet, at: number): number {
  const { line } = packet;
  const length = packet.u16(at + LENGTH);
  if (packet.isTruncated()) return 0;
  if (length < LSA_HEADER) {
    writeNumber(line, '\n\t    Bogus length ', length, ' < header (20)');
    return 0;
  }
  line.text('\n\t  Advertising Router ');
  packet.writeIpv4(at + ROUTER);
  writeHex(line, ', seq 0x', packet.u32(at + SEQUENCE), 8);
  writeNumber(line, ', age ', packet.u16(at));
  writeNumber(line, 's, length ', length - LSA_HEADER);
  const type = packet.u8(at + TYPE);
  line.text('\n\t    ');
  line.text(LSA_NAMES.get(type) ?? 'unknown');
  writeNumber(line, ' LSA (', type);
  if (isOpaque(type)) {
    const opaque = packet.u8(at + ID);
    line.text('), Opaque-Type ');
    line.text(OPAQUE_NAMES.get(opaque) ?? 'unknown');
    writeNumber(line, ' LSA (', opaque);
    writeNumber(line, '), Opaque-ID ', packet.u24(at + ID + 1));
  } else {
    line.text('), LSA-ID: ');
    packet.writeIpv4(at + ID);
  }
  line.text('\n\t    Options: [');
  writeBits(line, OSPF_OPTIONS, packet.u8(at + OPTIONS));
  line.byte(Char.RightBracket);
  return length;
}

/** An advertisement. Returns where the next one begins. */
export function printLsa(packet: Packet, at: number): number {
  const length = printLsaHeader(packet, at);
  if (length === 0) {
    packet.truncate();
    return at;
  }
  const end = at + length;
  const body = at + LSA_HEADER;
  const isShown = printBody(packet, at, body, end);
  if (isShown && packet.options.verbosity > 1) {
    dumpUnknownHex(packet, body, length - LSA_HEADER, '\n\t    ');
  }
  return end;
}

/** False if its bytes must not be dumped as well. */
function printBody(packet: Packet, at: number, body: number, end: number): boolean {
  switch (packet.u8(at + TYPE)) {
    case LsaType.Router:
      return printRouter(packet, body);
    case LsaType.Network:
      printNetwork(packet, body, end);
      return true;
    case LsaType.Summary:
      if (!packet.need(body, 4)) return false;
      writeMask(packet, body);
      printMetrics(packet, body + MASK, end);
      return true;
    case LsaType.SummaryBorder:
      printMetrics(packet, body + MASK, end);
      return true;
    case LsaType.External:
    case LsaType.Nssa:
      printExternal(packet, body, end);
      return true;
    case LsaType.Group:
      printGroup(packet, body, end);
      return true;
    case LsaType.OpaqueLink:
    case LsaType.OpaqueArea:
    case LsaType.OpaqueDomain:
      return printOpaque(packet, packet.u8(at + ID), body, end - body);
    default:
      return true;
  }
}

/** Labels of a link's two addresses, by its type (RFC 2328, A.4.2). */
const LINK_LABELS: ReadonlyMap<number, readonly [identifier: string, data: string]> = new Map([
  [1, ['Neighbor Router-ID: ', ', Interface Address: ']],
  [2, ['Neighbor Network-ID: ', ', Interface Address: ']],
  [3, ['Stub Network: ', ', Mask: ']],
  [4, ['Virtual Link: Neighbor Router-ID: ', ', Interface Address: ']],
]);

/** Offset into the data. */
const FIRST_LINK = 4;
const LINK = 12;
/** Offsets into a link; from the type on it is laid out like the metric of a topology. */
const LINK_TYPE = 8;
const LINK_TOPOLOGIES = 9;

/** RFC 2328, A.4.2. The links are counted, so they may continue past the advertisement's end. */
function printRouter(packet: Packet, at: number): boolean {
  const { line } = packet;
  if (!packet.need(at, 1)) return false;
  line.text('\n\t    Router LSA Options: [');
  writeBits(line, ROUTER_FLAGS, packet.u8(at));
  line.byte(Char.RightBracket);
  const count = packet.u16(at + 2);
  let link = at + FIRST_LINK;
  if (!packet.need(link, LINK)) return false;
  for (let i = 0; i < count && packet.need(link, LINK); i++) {
    const type = packet.u8(link + LINK_TYPE);
    const labels = LINK_LABELS.get(type);
    line.text('\n\t      ');
    if (labels === undefined) {
      writeNumber(line, 'Unknown Router Link Type (', type, ')');
      return false;
    }
    line.text(labels[0]);
    packet.writeIpv4(link);
    line.text(labels[1]);
    packet.writeIpv4(link + 4);
    const topologies = packet.u8(link + LINK_TOPOLOGIES);
    printLinkMetrics(packet, link + LINK_TYPE, topologies);
    link += LINK + 4 * topologies;
  }
  return true;
}

/** The link's own metric, and those of further topologies. */
function printLinkMetrics(packet: Packet, at: number, topologies: number): void {
  for (let i = 0; i <= topologies; i++) {
    const metric = at + 4 * i;
    if (!packet.need(metric, 4)) return;
    writeTopology(packet, i === 0 ? 0 : packet.u8(metric));
    writeNumber(packet.line, ', metric ', packet.u16(metric + 2));
  }
}

function writeTopology(packet: Packet, topology: number): void {
  packet.line.text('\n\t\ttopology ');
  packet.line.text(TOPOLOGY_NAMES.get(topology) ?? 'Unknown');
  writeNumber(packet.line, ' (', topology, ')');
}

function writeMask(packet: Packet, at: number): void {
  packet.line.text('\n\t    Mask ');
  packet.writeIpv4(at);
}

/** RFC 2328, A.4.3. */
function printNetwork(packet: Packet, at: number, end: number): void {
  if (!packet.need(at, 4)) return;
  writeMask(packet, at);
  packet.line.text('\n\t    Connected Routers:');
  for (let i = at + MASK; i < end && packet.need(i, 4); i += 4) {
    packet.line.text('\n\t      ');
    packet.writeIpv4(i);
  }
}

/** Metrics of topologies (RFC 2328, A.4.4); the first must be there, even if it is past the end. */
function printMetrics(packet: Packet, start: number, end: number): void {
  if (!packet.need(start, 4)) return;
  for (let at = start; at < end && packet.need(at, 4); at += 4) {
    const value = packet.u32(at);
    writeTopology(packet, (value >>> 24) & 0x7f);
    writeNumber(packet.line, ' metric ', value & MAX_METRIC);
  }
}

/** RFC 2328, A.4.5; RFC 3101, 2.3. */
function printExternal(packet: Packet, start: number, end: number): void {
  const { line } = packet;
  if (!packet.need(start, MASK)) return;
  writeMask(packet, start);
  const first = start + MASK;
  if (!packet.need(first, 4)) return;
  for (let at = first; at < end && packet.need(at, 4); at += 12) {
    const value = packet.u32(at);
    const metric = value & MAX_METRIC;
    writeTopology(packet, (value >>> 24) & 0x7f);
    writeNumber(line, ', type ', value >>> 31 === 1 ? 2 : 1, ', metric ');
    if (metric === MAX_METRIC) line.text('infinite');
    else line.decimal(metric);
    writeAddressUnlessZero(packet, ', forward ', at + 4);
    writeAddressUnlessZero(packet, ', tag ', at + 8);
  }
}

const VERTEX_NAMES: Names = new Map([
  [1, 'Router Router-ID '],
  [2, 'Network Designated Router '],
]);

/** RFC 1584, A.3. */
function printGroup(packet: Packet, start: number, end: number): void {
  const { line } = packet;
  for (let at = start; at < end && packet.need(at, 4); at += 8) {
    const type = packet.u32(at);
    const name = VERTEX_NAMES.get(type);
    if (name === undefined) {
      writeNumber(line, '\n\t    unknown VertexType (', type, ')');
      continue;
    }
    if (!packet.need(at + 4, 4)) return;
    line.text('\n\t    ');
    line.text(name);
    packet.writeIpv4(at + 4);
  }
}
