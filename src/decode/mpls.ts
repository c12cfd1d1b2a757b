import { Char } from '../text/char.js';
import { Layer } from './field.js';
import type { FieldRecorder } from './field-recorder.js';
import type { Packet } from './packet.js';
import { dumpUnknown } from './unknown.js';

const mpls = new Layer('mpls');
export const MplsFields = {
  layer: mpls,
  label: mpls.number('label'),
  trafficClass: mpls.number('exp'),
  isBottom: mpls.boolean('bottom'),
  timeToLive: mpls.number('ttl'),
} as const;

const ENTRY = 4;
const BOTTOM_OF_STACK = 0x100;

/** Reserved labels (RFC 3032, 2.1), as tcpdump spells them. */
const LABEL_NAMES = [
  'IPv4 explicit NULL',
  'router alert',
  'IPv6 explicit NULL',
  'implicit NULL',
  ...new Array<string>(12).fill('rsvd'),
];

/** A label stack and its payload, as far as its type can be determined. */
export function printMpls(packet: Packet, start: number, length: number): void {
  const { line } = packet;
  const isVerbose = packet.options.verbosity > 0;
  packet.protocol = 'mpls';
  line.text('MPLS');
  let at = start;
  let left = length;
  let entry;
  do {
    if (left < ENTRY) {
      packet.writeInvalid();
      packet.need(at, left);
      return;
    }
    entry = packet.u32(at);
    if (packet.isTruncated()) return;
    if (packet.fields !== undefined) recordEntry(packet.fields, entry);
    line.text(at > start && isVerbose ? '\n\t(label ' : ' (label ');
    writeEntry(packet, entry);
    at += ENTRY;
    left -= ENTRY;
  } while ((entry & BOTTOM_OF_STACK) === 0);

  const version = payloadVersion(packet, entry >>> 12, at, left);
  if (version === 'none') return;
  if (version === 'unknown') {
    if (packet.options.dumpUnknown) dumpUnknown(packet, at, left);
    return;
  }
  line.text(isVerbose ? '\n\t' : ' ');
  if (version === 4) packet.decoders.ipv4(packet, at, left);
  else packet.decoders.ipv6(packet, at, left);
}

/** Each entry is a layer of its own, as in Wireshark. */
function recordEntry(fields: FieldRecorder, entry: number): void {
  fields.layer(MplsFields.layer);
  fields.number(MplsFields.label, entry >>> 12);
  fields.number(MplsFields.trafficClass, (entry >>> 9) & 7);
  fields.boolean(MplsFields.isBottom, (entry & BOTTOM_OF_STACK) !== 0);
  fields.number(MplsFields.timeToLive, entry & 0xff);
}

/** Label, traffic class, bottom of stack and time to live (RFC 3032, 2.1). */
function writeEntry(packet: Packet, entry: number): void {
  const { line } = packet;
  const label = entry >>> 12;
  const name = LABEL_NAMES[label];
  line.decimal(label);
  if (name !== undefined && packet.options.verbosity > 0) {
    line.text(' (');
    line.text(name);
    line.byte(Char.RightParenthesis);
  }
  line.text(', tc ');
  line.decimal((entry >>> 9) & 7);
  if (entry & BOTTOM_OF_STACK) line.text(', [S]');
  line.text(', ttl ');
  line.decimal(entry & 0xff);
  line.byte(Char.RightParenthesis);
}

/** The stack does not identify its payload; reserved labels and the first byte have to do. */
function payloadVersion(
  packet: Packet,
  label: number,
  at: number,
  length: number,
): 4 | 6 | 'none' | 'unknown' {
  if (label === 0 || label === 3) return 4;
  if (label === 2) return 6;
  if (length < 1) return 'none';
  const first = packet.u8(at);
  if (first >= 0x45 && first <= 0x4f) return 4;
  if (first >= 0x60 && first <= 0x6f) return 6;
  return 'unknown';
}
