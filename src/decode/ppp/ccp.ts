import { writeHex, writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';
import { type ControlOptions, hasAtLeast, hasLength, type OptionOutcome } from './option.js';

const Compression = { Bsd: 21, Mvrca: 24, Deflate: 26 } as const;

const COMPRESSION_NAMES: Names = new Map<number, string>([
  [0, 'OUI'],
  [1, 'Pred-1'],
  [2, 'Pred-2'],
  [3, 'Puddle'],
  [16, 'HP-PPC'],
  [17, 'Stac-LZS'],
  [18, 'MPPC'],
  [19, 'Gand-FZA'],
  [20, 'V.42bis'],
  [Compression.Bsd, 'BSD-Comp'],
  [23, 'LZS-DCP'],
  [Compression.Mvrca, 'MVRCA'],
  [25, 'DEC'],
  [Compression.Deflate, 'Deflate'],
  [255, 'Reserved'],
]);

/** Compression control (RFC 1962). */
export const CCP_OPTIONS: ControlOptions = {
  protocol: 'ccp',
  names: COMPRESSION_NAMES,
  unknown: 'Unknown',
  print: printCompression,
};

function printCompression(packet: Packet, type: number, at: number, length: number): OptionOutcome {
  const { line } = packet;
  switch (type) {
    case Compression.Bsd: {
      if (!hasAtLeast(packet, length, 3)) return 'done';
      if (!packet.need(at, 1)) return 'stop';
      const parameters = packet.u8(at);
      writeNumber(line, ': Version: ', parameters >> 5);
      writeNumber(line, ', Dictionary Bits: ', parameters & 0x1f);
      return 'shown';
    }
    case Compression.Mvrca: {
      if (!hasAtLeast(packet, length, 4)) return 'done';
      if (!packet.need(at, 2)) return 'stop';
      const parameters = packet.u8(at);
      writeNumber(line, ': Features: ', parameters >> 6);
      line.text(parameters & 0x20 ? ', PxP: Enabled' : ', PxP: Disabled');
      writeNumber(line, ', History: ', parameters & 0x1f);
      writeNumber(line, ', #CTX-ID: ', packet.u8(at + 1));
      return 'shown';
    }
    case Compression.Deflate: {
      if (!hasAtLeast(packet, length, 4)) return 'done';
      if (!packet.need(at, 2)) return 'stop';
      const method = packet.u8(at) & 15;
      writeNumber(line, ': Window: ', packet.u8(at) >> 4, 'K, Method: ');
      line.text(method === 8 ? 'zlib' : 'unknown');
      writeHex(line, ' (0x', method, 1, ')');
      writeNumber(line, ', MBZ: ', packet.u8(at + 1) >> 2);
      writeNumber(line, ', CHK: ', packet.u8(at + 1) & 3);
      return 'shown';
    }
    default:
      return 'unknown';
  }
}

const FAVORED_PEER = 1;

/** Bandwidth allocation control (RFC 2125). */
export const BACP_OPTIONS: ControlOptions = {
  protocol: 'bacp',
  names: new Map([[FAVORED_PEER, 'Favored-Peer']]),
  unknown: 'Unknown',
  print: printBandwidthAllocation,
};

function printBandwidthAllocation(
  packet: Packet,
  type: number,
  at: number,
  length: number,
): OptionOutcome {
  if (type !== FAVORED_PEER) return 'unknown';
  if (!hasLength(packet, length, 6)) return 'done';
  if (!packet.need(at, 4)) return 'stop';
  writeHex(packet.line, ': Magic-Num 0x', packet.u32(at), 8);
  return 'shown';
}
