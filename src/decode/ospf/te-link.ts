import { writeHex, writeNumber } from '../labelled.js';
import { type Names, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { writeBandwidth } from './bandwidth.js';
import {
  CONSTRAINT_MODEL_NAMES,
  ENCODING_NAMES,
  LINK_PROTECTIONS,
  SWITCHING_NAMES,
} from './gmpls.js';

/** Sub-TLVs of a link (RFC 3630, 2.5; RFC 4203, 1; RFC 4124, 5.1). */
export const LinkPart = {
  Type: 1,
  Identifier: 2,
  LocalAddress: 3,
  RemoteAddress: 4,
  Metric: 5,
  MaximumBandwidth: 6,
  ReservableBandwidth: 7,
  UnreservedBandwidth: 8,
  AdministrativeGroup: 9,
  Identifiers: 11,
  Protection: 14,
  Switching: 15,
  SharedRisk: 16,
  Constraints: 17,
} as const;

export const LINK_PART_NAMES: Names = new Map<number, string>([
  [LinkPart.Type, 'Link Type'],
  [LinkPart.Identifier, 'Link ID'],
  [LinkPart.LocalAddress, 'Local Interface IP address'],
  [LinkPart.RemoteAddress, 'Remote Interface IP address'],
  [LinkPart.Metric, 'Traffic Engineering Metric'],
  [LinkPart.MaximumBandwidth, 'Maximum Bandwidth'],
  [LinkPart.ReservableBandwidth, 'Maximum Reservable Bandwidth'],
  [LinkPart.UnreservedBandwidth, 'Unreserved Bandwidth'],
  [LinkPart.AdministrativeGroup, 'Administrative Group'],
  [LinkPart.Identifiers, 'Link Local/Remote Identifier'],
  [LinkPart.Protection, 'Link Protection Type'],
  [LinkPart.Switching, 'Interface Switching Capability'],
  [LinkPart.SharedRisk, 'Shared Risk Link Group'],
  [LinkPart.Constraints, 'Bandwidth Constraints'],
]);

const LINK_TYPE_NAMES: Names = new Map([
  [1, 'Point-to-point'],
  [2, 'Multi-Access'],
]);

/** Priorities, and classes of traffic. */
const CLASSES = 8;

/**
 * The value of a sub-TLV, `size` bytes at `at`, all of which were captured. False if its size is
 * wrong.
 */
export function printLinkPart(packet: Packet, type: number, at: number, size: number): boolean {
  const { line } = packet;
  switch (type) {
    case LinkPart.Type: {
      if (!hasSize(packet, size, 1)) return false;
      const linkType = packet.u8(at);
      line.text(', ');
      line.text(LINK_TYPE_NAMES.get(linkType) ?? 'unknown');
      writeNumber(line, ' (', linkType, ')');
      return true;
    }
    case LinkPart.Identifier:
    case LinkPart.Identifiers:
      return printIdentifiers(packet, at, size);
    case LinkPart.LocalAddress:
    case LinkPart.RemoteAddress:
      if (!hasSize(packet, size, 4)) return false;
      line.text(', ');
      packet.writeIpv4(at);
      return true;
    case LinkPart.Metric:
      if (!hasSize(packet, size, 4)) return false;
      writeNumber(line, ', Metric ', packet.u32(at));
      return true;
    case LinkPart.MaximumBandwidth:
    case LinkPart.ReservableBandwidth:
      if (!hasSize(packet, size, 4)) return false;
      line.text(', ');
      writeBandwidth(packet, at);
      return true;
    case LinkPart.UnreservedBandwidth:
      if (!hasSize(packet, size, 4 * CLASSES)) return false;
      printBandwidths(packet, '\n\t\tTE-Class ', at, CLASSES);
      return true;
    case LinkPart.AdministrativeGroup:
      if (!hasSize(packet, size, 4)) return false;
      writeHex(line, ', 0x', packet.u32(at), 8);
      return true;
    case LinkPart.Protection:
      if (!hasSize(packet, size, 4)) return false;
      line.text(', ');
      writeBits(line, LINK_PROTECTIONS, packet.u8(at));
      return true;
    case LinkPart.Switching:
      return printSwitching(packet, at, size);
    case LinkPart.SharedRisk:
      return printSharedRisk(packet, at, size);
    case LinkPart.Constraints:
      return printConstraints(packet, at, size);
    default:
      if (packet.options.verbosity <= 1) dumpUnknownHex(packet, at, size, '\n\t\t');
      return true;
  }
}

function hasSize(packet: Packet, size: number, right: number): boolean {
  if (size === right) return true;
  writeNumber(packet.line, ' != ', right);
  return false;
}

function hasAtLeast(packet: Packet, size: number, least: number): boolean {
  if (size >= least) return true;
  writeNumber(packet.line, ' < ', least);
  return false;
}

/** An identifier, or those of both ends (RFC 4203, 1.1). */
function printIdentifiers(packet: Packet, at: number, size: number): boolean {
  const { line } = packet;
  if (size !== 4 && size !== 8) {
    line.text(' != 4 && != 8');
    return false;
  }
  for (let i = 0; i < size; i += 4) {
    line.text(', ');
    packet.writeIpv4(at + i);
    writeHex(line, ' (0x', packet.u32(at + i), 8, ')');
  }
  return true;
}

function printBandwidths(packet: Packet, label: string, at: number, count: number): void {
  for (let i = 0; i < count; i++) {
    writeNumber(packet.line, label, i, ': ');
    writeBandwidth(packet, at + 4 * i);
  }
}

/** RFC 4203, 1.4. */
function printSwitching(packet: Packet, at: number, size: number): boolean {
  const { line } = packet;
  if (!hasAtLeast(packet, size, 4 + 4 * CLASSES)) return false;
  line.text('\n\t\tInterface Switching Capability: ');
  line.text(SWITCHING_NAMES.get(packet.u8(at)) ?? 'Unknown');
  line.text('\n\t\tLSP Encoding: ');
  line.text(ENCODING_NAMES.get(packet.u8(at + 1)) ?? 'Unknown');
  line.text('\n\t\tMax LSP Bandwidth:');
  printBandwidths(packet, '\n\t\t  priority level ', at + 4, CLASSES);
  return true;
}

/** RFC 4203, 1.3. */
function printSharedRisk(packet: Packet, at: number, size: number): boolean {
  const { line } = packet;
  if (size % 4 !== 0) {
    line.text(' != N x 4');
    return false;
  }
  for (let i = 0; i < size; i += 4) {
    writeNumber(line, i === 0 ? '\n\t\t  Shared risk group: ' : ', ', packet.u32(at + i));
  }
  return true;
}

/** RFC 4124, 5.1. */
function printConstraints(packet: Packet, at: number, size: number): boolean {
  const { line } = packet;
  if (!hasAtLeast(packet, size, 4)) return false;
  const model = packet.u8(at);
  line.text('\n\t\tBandwidth Constraints Model ID: ');
  line.text(CONSTRAINT_MODEL_NAMES.get(model) ?? 'unknown');
  writeNumber(line, ' (', model, ')');
  if (size % 4 !== 0) {
    writeNumber(line, '\n\t\tlength ', size, ' != N x 4');
    return false;
  }
  if (size > 4 + 4 * CLASSES) {
    writeNumber(line, '\n\t\tlength ', size, ' > 36');
    return false;
  }
  printBandwidths(packet, '\n\t\t  Bandwidth constraint CT', at + 4, size / 4 - 1);
  return true;
}
