import { NmcapError } from '../errors.js';
import { PacketCursor } from '../pcapng/cursor.js';
import { Direction } from '../pcapng/direction.js';
import { LINKTYPE_ETHERNET } from '../pcapng/section.js';
import { report } from '../report.js';
import { openSavefile } from '../savefile/open.js';
import type { SimulatedFrame } from './wire.js';

/** Slots that netmap chains for one frame (NETMAP_MAX_FRAGS), and the bytes of a simulated one. */
const MAX_FRAGMENTS = 64;
const BUFFER_SIZE = 2048;

/**
 * The packets of a savefile as frames of a port with that many rings, as far as they were captured.
 * Packets without a direction are received ones; ring numbers that the port lacks start over at 0.
 * What cannot be a frame on its rings of `slots` slots is left out, and reported.
 *
 * @throws NmcapError NM_INPUT, NM_BAD_SAVEFILE
 */
export async function readFrames(
  path: string,
  { rings, slots }: { readonly rings: number; readonly slots: number },
): Promise<SimulatedFrame[]> {
  // netmap keeps one slot of a ring free.
  const longest = Math.min(MAX_FRAGMENTS, slots - 1) * BUFFER_SIZE;
  let empty = 0;
  let tooLong = 0;
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
        if (capturedLength === 0) empty++;
        else if (capturedLength > longest) tooLong++;
        if (capturedLength === 0 || capturedLength > longest) continue;
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
  if (empty > 0) report(`${path}: ${packets(empty)} without bytes left out`);
  if (tooLong > 0) report(`${path}: ${packets(tooLong)} longer than ${longest} bytes left out`);
  if (frames.length === 0) {
    throw new NmcapError('NM_BAD_SAVEFILE', `${path} has no packets to send`);
  }
  return frames;
}

function packets(count: number): string {
  return `${count} packet${count === 1 ? '' : 's'}`;
}
