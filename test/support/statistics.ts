import { BlockType, Option } from '../../src/pcapng/block.js';
import { readOptions } from '../../src/pcapng/options.js';

/** What an interface statistics block of a little-endian file says. */
export interface FileStatistics {
  readonly interfaceId: number;
  readonly received: number;
  readonly accepted: number;
  readonly delivered: number;
}

/** The types of a file's blocks, and its statistics; throws where the last block is not whole. */
export function readBlocks(bytes: Buffer): { types: number[]; statistics: FileStatistics[] } {
  const types: number[] = [];
  const statistics: FileStatistics[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = bytes.readUInt32LE(at + 4);
    if (at + length > bytes.length || bytes.readUInt32LE(at + length - 4) !== length) {
      throw new Error(`a block at ${at} is cut`);
    }
    const type = bytes.readUInt32LE(at);
    types.push(type);
    if (type === BlockType.InterfaceStatistics) {
      const block = bytes.subarray(at, at + length);
      const { sound: options } = readOptions(block, 20, 'little', type);
      const value = (code: number): number => {
        const found = options.find((option) => option.code === code);
        return found === undefined ? NaN : Number(Buffer.from(found.value).readBigUInt64LE());
      };
      statistics.push({
        interfaceId: block.readUInt32LE(8),
        received: value(Option.StatisticsReceived),
        accepted: value(Option.StatisticsFilterAccepted),
        delivered: value(Option.StatisticsDelivered),
      });
    }
    at += length;
  }
  return { types, statistics };
}
