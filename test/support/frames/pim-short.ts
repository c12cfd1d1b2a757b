import { bytes, ethernet, hex, icmp, ipv4, u16, u32, withChecksum } from '../packet.js';
import { frameSet } from './frame-set.js';
import {
  GROUP,
  masked,
  message,
  METRICS,
  option,
  PIM,
  pim,
  ROUTER,
  RP,
  rp,
  SOURCE,
  sources,
} from './pim-message.js';

// Too many to be cut at every length and to be read: see pim.ts for those that people look at.

const OPTION_TYPES = [1, 2, 18, 19, 20, 21, 22, 24, 65001, 25, 26, 77];

export const EVERY_PIM_OPTION = frameSet(
  'Every PIM hello option',
  Object.fromEntries(
    OPTION_TYPES.flatMap((type) =>
      Array.from({ length: 21 }, (_, length) => [
        `option ${type} of ${length} bytes`,
        pim(0, option(type, new Uint8Array(length).fill(1)), option(1, u16(90))),
      ]),
    ),
  ),
);

/** One message of each type, with everything it can have. */
const MESSAGES: readonly (readonly [type: number, body: Uint8Array, second?: number])[] = [
  [0, bytes(option(1, u16(105)), option(24, ROUTER, ROUTER))],
  [1, bytes(u32(0), ipv4({ protocol: PIM }, hex('2000 0000 0001 0002 0069')))],
  [1, bytes(u32(0x40000000), new Uint8Array(20))],
  [2, bytes(GROUP, ROUTER)],
  [3, bytes(ROUTER, 0, 1, u16(210), GROUP, sources([SOURCE], [SOURCE, SOURCE]))],
  [4, bytes(u16(1), 30, 64, RP, GROUP, 1, 1, u16(0), rp(RP, 150, 1), GROUP, 1, 0, u16(0))],
  [5, bytes(GROUP, ROUTER, METRICS)],
  [6, bytes(ROUTER, 0, 1, u16(0), GROUP, sources([SOURCE], []))],
  [7, bytes(0, 1, u16(0), GROUP, sources([SOURCE], []))],
  [8, bytes(2, 192, u16(150), RP, GROUP, masked('239.0.0.0', 8))],
  [9, bytes(ROUTER, GROUP, ROUTER, u16(60))],
  [10, bytes(RP, METRICS, ROUTER, METRICS, u16(1000)), 0x30],
  [10, bytes(RP, METRICS, ROUTER, METRICS), 0x40],
];

/** How much of a datagram an error with an extension quotes (RFC 4884, 5.5). */
const QUOTED = 128;
const EXTENSION = withChecksum(hex('2000 0000 0008 0101 00064140'), 2);

/** An error that quotes a message, and in which more follows. */
function quoted(pimMessage: Uint8Array): Uint8Array {
  const datagram = ipv4({ protocol: PIM, ttl: 1 }, pimMessage);
  const padding = new Uint8Array(QUOTED - datagram.length);
  return ethernet(
    0x0800,
    ipv4({ protocol: 1 }, icmp(11, 0, u32(0), bytes(datagram, padding, EXTENSION))),
  );
}

/**
 * Messages that end too early at every place where they can, each in an ICMP error: whether a message
 * is too short or was cut off shows in what is printed after it.
 */
export const PIM_SHORT_FRAMES = frameSet(
  'PIM messages that end too early',
  Object.fromEntries(
    MESSAGES.flatMap(([type, body, second = 0]) =>
      Array.from({ length: body.length + 1 }, (_, length) => [
        `type ${type} (${second}) with ${length} bytes`,
        quoted(message(type, body.subarray(0, length), second)),
      ]),
    ),
  ),
);
