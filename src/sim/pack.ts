import { endianness } from 'node:os';

import { padded } from '../pcapng/block.js';
import type { SimulatedFrame } from './conversation.js';

const HEADER_LENGTH = 8;
/** The values of bits 0 and 1 of epb_flags. */
const DIRECTION = { rx: 1, tx: 2 } as const;

/**
 * Packs the frames for the native player, one after the other, in host byte order: u32 frame length,
 * u16 ring, u8 direction (1 rx, 2 tx), u8 0, then the frame, padded with zeros to a multiple of 4
 * bytes.
 */
export function packFrames(frames: readonly SimulatedFrame[]): Uint8Array {
  let length = 0;
  for (const { bytes } of frames) length += HEADER_LENGTH + padded(bytes.length);
  const packed = new Uint8Array(length);
  const view = new DataView(packed.buffer);
  const little = endianness() === 'LE';
  let at = 0;
  for (const { bytes, ring, direction } of frames) {
    view.setUint32(at, bytes.length, little);
    view.setUint16(at + 4, ring, little);
    view.setUint8(at + 6, DIRECTION[direction]);
    packed.set(bytes, at + HEADER_LENGTH);
    at += HEADER_LENGTH + padded(bytes.length);
  }
  return packed;
}
