import type { Slot } from '../support/test-port.js';
import { SlotFlag } from './netmap.js';

/**
 * Frames that carry a sequence number and bytes that follow from it, so that a scenario can say
 * which of them it expects and whether they came whole.
 */
const ETHERTYPE_EXPERIMENTAL = 0x88b5; // IEEE 802, for local experiments
const SEQUENCE_AT = 14;
const FILL_AT = 18;

/** Bytes of a frame, without FCS, unless a scenario wants others. */
export const FRAME_LENGTH = 60;

/** A locally administered MAC address for each port of a scenario. */
export function address(number: number): Uint8Array {
  return Uint8Array.of(2, 0, 0, 0, 0, number);
}
export const BROADCAST = new Uint8Array(6).fill(0xff);

export interface Ends {
  from: Uint8Array;
  to: Uint8Array;
}

export function frame(sequence: number, { from, to }: Ends, length = FRAME_LENGTH): Uint8Array {
  const bytes = Buffer.alloc(Math.max(length, FILL_AT), fill(sequence));
  bytes.set(to, 0);
  bytes.set(from, 6);
  bytes.writeUInt16BE(ETHERTYPE_EXPERIMENTAL, 12);
  bytes.writeUInt32LE(sequence, SEQUENCE_AT);
  return bytes.subarray(0, length);
}

/** What was found in a slot. */
export interface Seen {
  /** 'damaged': the bytes are not those of any frame() of at least 18 bytes. */
  sequence: number | 'damaged';
  length: number;
  /** netmap_slot.flags */
  flags: number;
}

export function seen({ bytes, flags }: Slot): Seen {
  const { length } = bytes;
  if (length < FILL_AT) return { sequence: 'damaged', length, flags };
  const sequence = new DataView(bytes.buffer, bytes.byteOffset).getUint32(SEQUENCE_AT, true);
  const whole = Buffer.alloc(length - FILL_AT, fill(sequence)).equals(bytes.subarray(FILL_AT));
  return { sequence: whole ? sequence : 'damaged', length, flags };
}

/** How a monitor sees frames that its parent sent, of one slot each. */
export function sent(sequences: readonly number[], length = FRAME_LENGTH): Seen[] {
  return sequences.map((sequence) => ({ sequence, length, flags: SlotFlag.TxMonitor }));
}

/** The whole numbers from `first` to `last`, both included. */
export function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Never 0 and never 255 for sequence 0: a buffer that nobody wrote to is no frame. */
function fill(sequence: number): number {
  return (sequence + 0x5a) & 0xff;
}
