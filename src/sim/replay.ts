import { NmcapError } from '../errors.js';
import { PacketCursor } from '../pcapng/cursor.js';
import { Direction } from '../pcapng/direction.js';
import { LINKTYPE_ETHERNET } from '../pcapng/section.js';
import { openSavefile } from '../savefile/open.js';
import type { SimulatedFrame } from './wire.js';

/**
 * The packets of a savefile as frames of a port with that many rings, as far as they were captured.
 * Packets without a direction are received ones; ring numbers that the port lacks start over at 0.
 *
 * @throws NmcapError NM_INPUT, NM_BAD_SAVEFILE
 */
export async function readFrames(path: string, rings: number): Promise<SimulatedFrame[]> {
  const frames: SimulatedFrame[] = [];
  const cursor = new PacketCursor();
  const source = await openSavefile(path);
  try {
    for await (const batch of source.batches(new AbortController().signal)) {
      cursor.reset(batch.bytes, batch.section);
      while (cursor.next()) {
        if (cursor.linkType !== LINKTYPE_ETHERNET) {
          throw new NmcapError(
            'NM_BAD_SAVEFILE',
            `${path} has packets that are not Ethernet frames`,
            {
              hint: `their link type is ${cursor.linkType}; a simulated port sends Ethernet only`,
            },
          );
        }
        const { dataOffset, capturedLength, direction, ring = 0 } = cursor;
        frames.push({
          direction: direction === Direction.Outbound ? 'tx' : 'rx',
          ring: ring % rings,
          bytes: batch.bytes.slice(dataOffset, dataOffset + capturedLength),
        });
      }
      batch.release();
    }
  } finally {
    source.close();
  }
  if (frames.length === 0) {
    throw new NmcapError('NM_BAD_SAVEFILE', `${path} has no packets to send`);
  }
  return frames;
}
