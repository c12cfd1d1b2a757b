import { Char } from '../text/char.js';
import { Layer } from './field.js';
import { type BitNames, type Names, writeBits, writeNameOrHex } from './names.js';
import type { Packet } from './packet.js';
import { writePaddedText } from './padded-text.js';
import { MIN_EXTENSION, printShortestPath } from './stp-shortest-path.js';

export const StpLayer = new Layer('stp');

const Version = { Stp: 0, Rapid: 2, Multiple: 3, ShortestPath: 4 } as const;

const VERSION_NAMES: Names = new Map<number, string>([
  [Version.Stp, '802.1d'],
  [Version.Rapid, '802.1w'],
  [Version.Multiple, '802.1s'],
  [Version.ShortestPath, '802.1aq'],
]);

const BpduType = { Config: 0, Rapid: 2 } as const;

const TYPE_NAMES: Names = new Map<number, string>([
  [BpduType.Config, 'Config'],
  [BpduType.Rapid, 'Rapid STP'],
  [0x80, 'Topology Change'],
]);

const FLAG_NAMES: BitNames = [
  [0x01, 'Topology change'],
  [0x02, 'Proposal'],
  [0x10, 'Learn'],
  [0x20, 'Forward'],
  [0x40, 'Agreement'],
  [0x80, 'Topology change ACK'],
];

const PORT_ROLES = ['Unknown', 'Alternate', 'Root', 'Designated'];

/** Lengths of a BPDU, by version (IEEE 802.1Q, 14). */
const CONFIG = 35;
const RAPID = 36;
const MIN_MULTIPLE = 102;

/** Offsets into a BPDU. */
const VERSION = 2;
const TYPE = 3;
const FLAGS = 4;
const ROOT = 5;
const ROOT_COST = 13;
const BRIDGE = 17;
const PORT = 25;
const TIMERS = 27;
const VERSION1_LENGTH = 35;
const VERSION3_LENGTH = 36;
const CONFIGURATION_NAME = 39;
const CONFIGURATION_REVISION = 71;
const CONFIGURATION_NAME_SIZE = CONFIGURATION_REVISION - CONFIGURATION_NAME;
const CONFIGURATION_DIGEST = 73;
const INTERNAL_COST = 89;
const CIST_BRIDGE = 93;
const REMAINING_HOPS = 101;
const INSTANCES = 102;
const INSTANCE = 16;
/** Offsets into an instance, after its flags. */
const REGIONAL_ROOT = 1;
const INSTANCE_COST = 9;
const BRIDGE_PRIORITY = 13;
/** How much of the version 3 length comes before the instances. */
const BEFORE_INSTANCES = 64;

/** A bridge protocol data unit. */
export function printStp(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'stp';
  packet.fields?.layer(StpLayer);
  if (length < 4) {
    packet.writeInvalid();
    return;
  }
  if (packet.u16(at) !== 0) {
    line.text('unknown STP version, length ');
    line.decimal(length);
    return;
  }
  const version = packet.u8(at + VERSION);
  if (packet.isTruncated()) return;
  line.text('STP ');
  writeNameOrHex(line, VERSION_NAMES, version, 'Unknown STP protocol (0x', 2, ')');
  if (!VERSION_NAMES.has(version)) return;
  const type = packet.u8(at + TYPE);
  if (packet.isTruncated()) return;
  line.text(', ');
  writeNameOrHex(line, TYPE_NAMES, type, 'Unknown BPDU Type (0x', 2, ')');
  if (type === BpduType.Config) {
    if (length < CONFIG) packet.writeInvalid();
    else printConfig(packet, at, length);
  } else if (type === BpduType.Rapid && version === Version.Rapid) {
    if (length < RAPID) packet.writeInvalid();
    else printConfig(packet, at, length);
  } else if (type === BpduType.Rapid && version >= Version.Multiple) {
    const isValid =
      length >= MIN_MULTIPLE &&
      packet.u8(at + VERSION1_LENGTH) === 0 &&
      length >= RAPID + packet.u16(at + VERSION3_LENGTH) + 2;
    if (!isValid) packet.writeInvalid();
    else {
      printMultiple(packet, at, length);
      if (version === Version.ShortestPath) printExtension(packet, at, length);
    }
  }
}

/** The extension after the instances, if its length is right. */
function printExtension(packet: Packet, at: number, length: number): void {
  const start = RAPID + 2 + packet.u16(at + VERSION3_LENGTH);
  const size = 2 + packet.u16(at + start);
  if (packet.isTruncated()) return;
  if (size < MIN_EXTENSION || length < start + size) packet.writeInvalid();
  else if (packet.options.verbosity > 0) printShortestPath(packet, at + start);
}

function printConfig(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const flags = packet.u8(at + FLAGS);
  if (packet.isTruncated()) return;
  line.text(', Flags [');
  writeBits(line, FLAG_NAMES, flags);
  line.byte(Char.RightBracket);
  if (!packet.need(at + BRIDGE, 10)) return;
  line.text(', bridge-id ');
  writeBridgeId(packet, at + BRIDGE);
  line.byte(Char.Dot);
  line.hex(packet.u16(at + PORT), 4);
  line.text(', length ');
  line.decimal(length);
  if (packet.options.verbosity === 0) return;
  printTimers(packet, at);
  line.text('\n\troot-id ');
  writeBridgeId(packet, at + ROOT);
  line.text(', root-pathcost ');
  line.decimal(packet.u32(at + ROOT_COST));
  if (packet.u8(at + VERSION) === Version.Rapid) writePortRole(packet, ', port-role ', flags);
}

function printMultiple(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  const flags = packet.u8(at + FLAGS);
  line.text(', CIST Flags [');
  writeBits(line, FLAG_NAMES, flags);
  line.text('], length ');
  line.decimal(length);
  if (packet.options.verbosity === 0) return;
  writePortRole(packet, '\n\tport-role ', flags);
  line.text(', CIST root-id ');
  writeBridgeId(packet, at + ROOT);
  line.text(', CIST ext-pathcost ');
  line.decimal(packet.u32(at + ROOT_COST));
  line.text('\n\tCIST regional-root-id ');
  writeBridgeId(packet, at + BRIDGE);
  line.text(', CIST port-id ');
  line.hex(packet.u16(at + PORT), 4);
  line.byte(Char.Comma);
  printTimers(packet, at);
  const version3Length = packet.u16(at + VERSION3_LENGTH);
  line.text('\n\tv3len ');
  line.decimal(version3Length);
  line.text(', MCID Name ');
  writePaddedText(packet, at + CONFIGURATION_NAME, CONFIGURATION_NAME_SIZE);
  if (!packet.need(at + CONFIGURATION_REVISION, 18)) return;
  line.text(', rev ');
  line.decimal(packet.u16(at + CONFIGURATION_REVISION));
  line.text(',\n\t\tdigest ');
  packet.writeHexBytes(at + CONFIGURATION_DIGEST, 16);
  line.text(', ');
  const internalCost = packet.u32(at + INTERNAL_COST);
  line.text('CIST int-root-pathcost ');
  line.decimal(internalCost);
  line.byte(Char.Comma);
  if (!packet.need(at + CIST_BRIDGE, 8)) return;
  line.text('\n\tCIST bridge-id ');
  writeBridgeId(packet, at + CIST_BRIDGE);
  line.text(', ');
  const hops = packet.u8(at + REMAINING_HOPS);
  line.text('CIST remaining-hops ');
  line.decimal(hops);
  printInstances(packet, at + INSTANCES, version3Length - BEFORE_INSTANCES);
}

function printInstances(packet: Packet, start: number, length: number): void {
  const { line } = packet;
  for (let used = 0; used + INSTANCE <= length && !packet.isTruncated(); used += INSTANCE) {
    const at = start + used;
    const flags = packet.u8(at);
    if (!packet.need(at, 3)) return;
    line.text('\n\tMSTI ');
    line.decimal(packet.u16(at + REGIONAL_ROOT) & 0x0fff);
    line.text(', Flags [');
    writeBits(line, FLAG_NAMES, flags);
    writePortRole(packet, '], port-role ', flags);
    if (!packet.need(at + REGIONAL_ROOT, 12)) return;
    line.text('\n\t\tMSTI regional-root-id ');
    writeBridgeId(packet, at + REGIONAL_ROOT);
    line.text(', pathcost ');
    line.decimal(packet.u32(at + INSTANCE_COST));
    if (!packet.need(at + BRIDGE_PRIORITY, 3)) return;
    line.text('\n\t\tMSTI bridge-prio ');
    line.decimal(packet.u8(at + BRIDGE_PRIORITY) >> 4);
    line.text(', port-prio ');
    line.decimal(packet.u8(at + BRIDGE_PRIORITY + 1) >> 4);
    line.text(', hops ');
    line.decimal(packet.u8(at + BRIDGE_PRIORITY + 2));
  }
}

function printTimers(packet: Packet, at: number): void {
  const { line } = packet;
  if (!packet.need(at + TIMERS, 8)) return;
  line.text('\n\tmessage-age ');
  writeTimer(packet, at + TIMERS);
  line.text(', max-age ');
  writeTimer(packet, at + TIMERS + 2);
  line.text(', hello-time ');
  writeTimer(packet, at + TIMERS + 4);
  line.text(', forwarding-delay ');
  writeTimer(packet, at + TIMERS + 6);
}

/** Units of 1/256 s as seconds with two decimals, ties rounded to even as in printf. */
function writeTimer(packet: Packet, at: number): void {
  const scaled = packet.u16(at) * 25;
  const rest = scaled & 63;
  let hundredths = scaled >> 6;
  if (rest > 32 || (rest === 32 && hundredths & 1)) hundredths++;
  packet.line.decimal(Math.floor(hundredths / 100));
  packet.line.byte(Char.Dot);
  packet.line.paddedDecimal(hundredths % 100, 2);
  packet.line.byte(Char.LowerS);
}

function writeBridgeId(packet: Packet, at: number): void {
  if (!packet.need(at, 8)) return;
  packet.line.hex(packet.u16(at), 4);
  packet.line.byte(Char.Dot);
  packet.line.linkAddress(packet.view, at + 2);
}

function writePortRole(packet: Packet, before: string, flags: number): void {
  packet.line.text(before);
  packet.line.text(PORT_ROLES[(flags >> 2) & 3] ?? '');
}
