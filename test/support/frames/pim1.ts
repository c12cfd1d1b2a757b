import { bytes, hex, ipv4, u16, u32 } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';
import { igmp } from './igmp.js';

/** The header of IGMP, with the type of PIM, and that of PIM's version 1. */
function pim1(type: number, ...body: readonly (Uint8Array | string)[]): Uint8Array {
  return igmp(`140${type} 0000 1000 0000`, ...body);
}

const TYPES = [0, 1, 2, 3, 4, 5, 6, 7, 8];

const UPSTREAM = '0a000002';
const GROUP = 'ef010203 ffffffff';
const SOURCE = '0160 0a090909';

/** The neighbour, the hold time and the groups. */
function joins(holdTime: number, ...groups: readonly string[]): readonly (Uint8Array | string)[] {
  return [UPSTREAM, u16(0, holdTime), `00 04 20 0${groups.length}`, ...groups];
}

const SINGLE = [
  `${GROUP} 0001 0000 ${SOURCE}`,
  `${GROUP} 0000 0001 00a0 0a090909`,
  `ef010200 ffffff00 0001 0000 01e0 0a090909`,
] as const;
const DOUBLE = `${GROUP} 0001 0002 ${SOURCE} 00e0 0a010101 0118 0a010100`;

function joinFrames(name: string, type: number): FrameSet['frames'] {
  const [joined, pruned, masked] = SINGLE;
  return {
    [`single${name}`]: pim1(type, ...joins(180, joined)),
    [`singleTime${name}`]: pim1(type, ...joins(210, joined)),
    [`prune${name}`]: pim1(type, ...joins(180, pruned)),
    [`mask${name}`]: pim1(type, ...joins(180, masked)),
    [`double${name}`]: pim1(type, ...joins(210, DOUBLE)),
    [`several${name}`]: pim1(type, ...joins(180, DOUBLE, masked, DOUBLE)),
    [`no${name}`]: pim1(type, ...joins(180)),
  };
}

export const PIM1_FRAMES: FrameSet = frameSet('PIM version 1', {
  queryDense: pim1(0, '00 00 005a'),
  querySparse: pim1(0, '10 00 ffff'),
  queryBoth: pim1(0, '20 00 0000'),
  queryMode: pim1(0, '30 00 0069'),
  register: pim1(1, u32(0), ipv4({ protocol: 17 }, 'data')),
  registerDatagram: pim1(1, ipv4({ protocol: 17 }, 'data')),
  registerShort: pim1(1, ipv4({ protocol: 17 }, '').subarray(0, 19)),
  registerStop: pim1(2, 'ef010203 0a010101'),
  registerStopShort: pim1(2, 'ef010203 0a01'),
  reachability: pim1(4, 'ef010203 ffffffff 0a090909 0000 010e'),
  reachabilityMask: pim1(4, 'ef000000 ff000000 0a090909 0000 010e'),
  assert: pim1(5, 'ef010203 ffffffff 0a010101', u32(101, 20)),
  assertTree: pim1(5, 'ef010000 ffff0000 0a010101', u32(0xffffffff, 0xffffffff)),
  ...joinFrames('Join', 3),
  ...joinFrames('Graft', 6),
  ...joinFrames('GraftAck', 7),
  ...Object.fromEntries(TYPES.map((type) => [`type ${type} alone`, pim1(type)])),
  joinTiny: igmp('1403 0000 10'),
  otherVersion: igmp('1400 0000 2000 0000 00 00 005a'),
});

const BODY = bytes(
  ...joins(210, DOUBLE).map((part) => (typeof part === 'string' ? hex(part) : part)),
);

/** The version, which is not 1, shows whether the message was too short or cut off. */
export const PIM1_SHORT_FRAMES = frameSet(
  'PIM version 1 messages that end too early',
  Object.fromEntries(
    Array.from({ length: BODY.length + 1 }, (_, length) => [
      `join of ${length} bytes`,
      igmp('1403 0000 2000 0000', BODY.subarray(0, length)),
    ]),
  ),
);
