import { u32 } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';
import { igmp } from './igmp.js';

/** The header of IGMP, with the type of DVMRP and the version of mrouted 3.255. */
function dvmrp(type: number, ...body: readonly (Uint8Array | string)[]): Uint8Array {
  return igmp(`130${type} 0000 0000 ff03`, ...body);
}

const TYPES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** A neighbour's own address, metric and threshold. */
const INTERFACE = '0a000001 01 20';
const FLAGS = ['00', '01', '02', '03', '10', '20', '40', 'ff'];

export const DVMRP_FRAMES: FrameSet = frameSet('DVMRP', {
  probe: dvmrp(1, u32(0x0badcafe), '0a000002 0a000003'),
  probeAlone: dvmrp(1, u32(1)),
  probeShort: dvmrp(1, '0000 01'),
  probeNeighborShort: dvmrp(1, u32(1), '0a000002 0a00'),
  report: dvmrp(
    2,
    'ffff00 0a0100 01 0a0200 83',
    '000000 0a 82',
    'ff0000 ac10 9f',
    'ffffff c0000201 7f c0000202 ff',
  ),
  reportEmpty: dvmrp(2),
  reportMaskShort: dvmrp(2, 'ffff00 0a0100 81 ffff'),
  reportNetworkShort: dvmrp(2, 'ffff00 0a0100 01 0a0200'),
  reportNoNetworks: dvmrp(2, 'ffff00'),
  reportOdd: dvmrp(2, '0000ff 0a010203 81', '00ff00 0a0102 81', 'ff00ff 0a010203 81'),
  askNeighbors: dvmrp(3),
  neighbors: dvmrp(4, INTERFACE, '02 0a000002 0a000003', INTERFACE, '00', INTERFACE, '01 00000000'),
  neighborsInterfaceShort: dvmrp(4, INTERFACE),
  neighborsShort: dvmrp(4, INTERFACE, '02 0a000002 0a00'),
  neighborsMissing: dvmrp(4, INTERFACE, '02 0a000002'),
  askNeighbors2: dvmrp(5),
  neighbors2: dvmrp(6, ...FLAGS.map((flags) => `${INTERFACE} ${flags} 02 0a000002 0a000003`)),
  neighbors2Alone: dvmrp(6, INTERFACE, '00 00'),
  neighbors2InterfaceShort: dvmrp(6, INTERFACE, '00'),
  neighbors2Short: dvmrp(6, INTERFACE, '00 02 0a000002 0a00'),
  neighbors2Missing: dvmrp(6, INTERFACE, '00 02 0a000002'),
  neighbors2None: dvmrp(6, INTERFACE, '00 02'),
  prune: dvmrp(7, '0a010101 ef010203', u32(7265)),
  pruneForEver: dvmrp(7, '0a010101 ef010203', u32(0xffffffff)),
  pruneNow: dvmrp(7, '0a010101 ef010203', u32(0)),
  pruneShort: dvmrp(7, '0a010101 ef010203'),
  graft: dvmrp(8, '0a010101 ef010203'),
  graftAck: dvmrp(9, '0a010101 ef010203'),
  graftShort: dvmrp(8, '0a010101'),
  ...Object.fromEntries(TYPES.map((type) => [`type ${type} alone`, dvmrp(type)])),
});
