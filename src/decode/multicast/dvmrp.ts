import { Char } from '../../text/char.js';
import { writeDuration } from '../duration.js';
import { writeNumber } from '../labelled.js';
import { type BitNames, type Names, writeBits, writeName } from '../names.js';
import type { Packet } from '../packet.js';

const Type = {
  Probe: 1,
  Report: 2,
  AskNeighbors: 3,
  Neighbors: 4,
  AskNeighbors2: 5,
  Neighbors2: 6,
  Prune: 7,
  Graft: 8,
  GraftAck: 9,
} as const;

const TYPE_NAMES: Names = new Map<number, string>([
  [Type.Probe, 'Probe'],
  [Type.Report, 'Report'],
  [Type.AskNeighbors, 'Ask-neighbors(old)'],
  [Type.Neighbors, 'Neighbors(old)'],
  [Type.AskNeighbors2, 'Ask-neighbors2'],
  [Type.Neighbors2, 'Neighbors2'],
  [Type.Prune, 'Prune'],
  [Type.Graft, 'Graft'],
  [Type.GraftAck, 'Graft-ACK'],
]);

/** Flags of an interface, in the order they are printed. */
const INTERFACE_FLAGS: BitNames = [
  [0x01, '/tunnel'],
  [0x02, '/srcrt'],
  [0x40, '/querier'],
  [0x20, '/disabled'],
  [0x10, '/down'],
];

const HEADER = 8;
/** Offsets into the header. */
const MINOR_VERSION = 6;
const MAJOR_VERSION = 7;
/** Source and group. */
const ROUTE = 8;
/** An interface: address, metric, threshold and number of neighbours; the newer form adds flags. */
const INTERFACE = 7;
const INTERFACE2 = 8;

/**
 * DVMRP, carried in IGMP (RFC 1075; draft-ietf-idmr-dvmrp-v3). `length` is at least the header's.
 */
export function printDvmrp(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'dvmrp';
  const type = packet.u8(at + 1);
  if (packet.isTruncated()) return;
  line.byte(Char.Space);
  writeName(line, TYPE_NAMES, type, '[type ', ']');
  if (!printBody(packet, type, at, length)) packet.writeInvalid();
}

/** False if it is invalid; likewise below. */
function printBody(packet: Packet, type: number, at: number, length: number): boolean {
  const { verbosity } = packet.options;
  const body = at + HEADER;
  const end = at + length;
  switch (type) {
    case Type.Probe:
      return verbosity === 0 || printProbe(packet, body, end);
    case Type.Report:
      return verbosity < 2 || printReport(packet, body, end);
    case Type.Neighbors:
      return printNeighbors(packet, body, end);
    case Type.Neighbors2:
      return printNeighbors2(packet, at, end);
    case Type.Prune:
      writeRoute(packet, body);
      packet.line.text(' timer ');
      writeDuration(packet.line, packet.u32(body + ROUTE));
      return true;
    case Type.Graft:
    case Type.GraftAck:
      writeRoute(packet, body);
      return true;
    default:
      return true;
  }
}

function writeRoute(packet: Packet, at: number): void {
  if (!packet.need(at, ROUTE)) return;
  packet.line.text(' src ');
  packet.writeIpv4(at);
  packet.line.text(' grp ');
  packet.writeIpv4(at + 4);
}

/** Less is left than needed. */
function writeTooShort(packet: Packet, label: string, left: number, needed: number): void {
  writeNumber(packet.line, label, left);
  writeNumber(packet.line, ' < ', needed, ']');
}

function printProbe(packet: Packet, start: number, end: number): boolean {
  const { line, options } = packet;
  if (end - start < 4) {
    writeTooShort(packet, ' [full length ', end - start, 4);
    return false;
  }
  line.text(options.verbosity > 1 ? '\n\t' : ' ');
  writeNumber(line, 'genid ', packet.u32(start));
  if (options.verbosity < 2) return true;
  for (let at = start + 4; at < end && !packet.isTruncated(); at += 4) {
    if (end - at < 4) {
      writeTooShort(packet, '[remaining length ', end - at, 4);
      return false;
    }
    if (!packet.need(at, 4)) return true;
    line.text('\n\tneighbor ');
    packet.writeIpv4(at);
  }
  return true;
}

/** Masks, each without its first byte (always 255), followed by the networks with that mask. */
function printReport(packet: Packet, start: number, end: number): boolean {
  const { line } = packet;
  for (let at = start; at < end && !packet.isTruncated();) {
    if (end - at < 3) {
      writeTooShort(packet, ' [length ', end - at, 3);
      return false;
    }
    const mask = packet.u24(at);
    if (packet.isTruncated()) return true;
    line.text('\n\tMask ');
    line.ipv4(0xff000000 | mask);
    at = printNetworks(packet, networkSize(mask), at + 3, end);
    if (at < 0) return false;
  }
  return true;
}

/** Only the bytes of a network that its mask covers are sent; `mask` lacks its first byte. */
function networkSize(mask: number): number {
  if (mask & 0xff) return 4;
  if (mask & 0xff00) return 3;
  return mask === 0 ? 1 : 2;
}

/** Networks up to the one marked as the last. Returns where they end; -1 if they are incomplete. */
function printNetworks(packet: Packet, size: number, start: number, end: number): number {
  const { line } = packet;
  let at = start;
  for (let metric = 0; (metric & 0x80) === 0; at += size + 1) {
    if (end - at < size + 1) {
      line.text('\n\t  [Truncated Report]');
      return -1;
    }
    let network = 0;
    for (let i = 0; i < 4; i++) network = (network << 8) | (i < size ? packet.u8(at + i) : 0);
    metric = packet.u8(at + size);
    if (packet.isTruncated()) break;
    line.text('\n\t  ');
    line.ipv4(network);
    writeNumber(line, ' metric ', metric & 0x7f);
  }
  return at;
}

/** Interfaces, each with its neighbours. */
function printNeighbors(packet: Packet, start: number, end: number): boolean {
  const { line } = packet;
  for (let at = start; at < end && !packet.isTruncated();) {
    if (end - at < INTERFACE) {
      writeTooShort(packet, ' [length ', end - at, INTERFACE);
      return false;
    }
    const address = at;
    const count = packet.u8(at + 6);
    at += INTERFACE;
    for (let i = 0; i < count && !packet.isTruncated(); i++, at += 4) {
      if (end - at < 4) {
        writeTooShort(packet, ' [length ', end - at, 4);
        return false;
      }
      writeInterface(packet, address, ' ->');
      if (!packet.need(at, 4)) return true;
      line.byte(Char.Space);
      packet.writeIpv4(at);
      writeMetrics(packet, address, ', (');
      line.text(')]');
    }
  }
  return true;
}

/** The same, with flags; `start` is where the message begins. */
function printNeighbors2(packet: Packet, start: number, end: number): boolean {
  const { line } = packet;
  if (!packet.need(start + MINOR_VERSION, 2)) return true;
  writeNumber(line, ' (v ', packet.u8(start + MAJOR_VERSION));
  writeNumber(line, '.', packet.u8(start + MINOR_VERSION), '):');
  for (let at = start + HEADER; at < end && !packet.isTruncated();) {
    if (end - at < INTERFACE2) {
      writeTooShort(packet, ' [length ', end - at, INTERFACE2);
      return false;
    }
    const address = at;
    const flags = packet.u8(at + 6);
    const count = packet.u8(at + 7);
    at += INTERFACE2;
    let i = 0;
    for (; i < count && at < end && !packet.isTruncated(); i++, at += 4) {
      if (end - at < 4) {
        writeTooShort(packet, ' [length ', end - at, 4);
        return false;
      }
      writeInterface(packet, address, ' -> ');
      packet.writeIpv4(at);
      writeMetrics(packet, address, ' (');
      writeBits(line, INTERFACE_FLAGS, flags, '', '');
      line.text(')]');
    }
    if (i < count) {
      line.text(' [invalid ncount]');
      return false;
    }
  }
  return true;
}

function writeInterface(packet: Packet, address: number, arrow: string): void {
  packet.line.text(' [');
  packet.writeIpv4(address);
  packet.line.text(arrow);
}

/** An interface's metric and threshold, which follow its address. */
function writeMetrics(packet: Packet, address: number, label: string): void {
  writeNumber(packet.line, label, packet.u8(address + 4));
  writeNumber(packet.line, '/', packet.u8(address + 5));
}
