import { debug } from '../debug.js';
import { NmcapError } from '../errors.js';
import { isPcapMagic } from '../pcap/header.js';
import type { PacketBatch } from '../pcapng/batch.js';
import { BlockType } from '../pcapng/block.js';
import type { Section } from '../pcapng/section.js';
import type { Source } from '../source.js';
import type { CaptureStats } from '../stats/stats.js';
import { type ByteInput, openFile, openStandardInput, PrefixedInput } from './byte-input.js';
import type { SavefileFormat } from './format.js';
import { GunzipInput } from './gunzip-input.js';
import { PcapFormat } from './pcap-format.js';
import { PcapngFormat } from './pcapng-format.js';
import { readFailed, SavefileReader } from './reader.js';
import { Selection } from './selection.js';
import { ZstdInput } from './zstd-input.js';

/** Bytes of input in memory at a time: waking a reading thread costs as much as reading 500 KiB. */
const SLAB_INPUT_LENGTH = 1 << 22;
const MAGIC_LENGTH = 4;
/** RFC 1952, 2.3.1, and RFC 8878, 3.1.1. */
const GZIP_MAGIC = [0x1f, 0x8b];
const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/**
 * Opens a savefile for reading; `-` is standard input. The format, pcapng or classic pcap, compressed
 * with gzip or zstd or not, is recognised by the file's first bytes, never by its name. Settles when
 * the first section is known and, unless the file has none, one of its interfaces.
 *
 * Throws NmcapError: NM_INPUT when the file cannot be read, NM_BAD_SAVEFILE when it is not a
 * savefile, NM_BAD_FILTER. Throws the signal's reason when that is aborted before the section is known.
 * Where a savefile is damaged or cut off, batches() first hands out everything before that, and then
 * throws NM_BAD_SAVEFILE with the place. `warn` is given what is left out, once.
 */
export async function openSavefile(
  path: string,
  selection?: Selection,
  signal?: AbortSignal,
  warn?: (message: string) => void,
): Promise<Source<PacketBatch>> {
  const name = path === '-' ? 'standard input' : path;
  let input: ByteInput;
  try {
    input = path === '-' ? openStandardInput() : await openFile(path);
  } catch (error) {
    throw readFailed(name, error);
  }
  const cancel = () => {
    input.cancel();
  };
  signal?.addEventListener('abort', cancel);
  if (signal?.aborted === true) cancel();
  try {
    return await openInput(input, name, { selection, warn });
  } catch (error) {
    // A cancelled input looks like one that ended too early.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

/**
 * Like openSavefile, for any input, which the source owns from now on. The result does not depend on
 * `slabInputLength`.
 */
export async function openInput(
  input: ByteInput,
  name: string,
  {
    selection = new Selection(),
    warn = () => undefined,
    slabInputLength = SLAB_INPUT_LENGTH,
  }: {
    selection?: Selection | undefined;
    /** Given what is left out of the file or its packets, once. */
    warn?: ((message: string) => void) | undefined;
    slabInputLength?: number;
  } = {},
): Promise<Source<PacketBatch>> {
  try {
    const recognised = await recognise(input, name, selection);
    const reader = new SavefileReader({ ...recognised, name, slabInputLength, selection, warn });
    const section = await reader.begin();
    debug(() => {
      const { format, compressed } = recognised;
      const packed = compressed ? ', compressed' : '';
      return `${name}: ${format.name}${packed}, ${section.byteOrder}-endian`;
    });
    // Before anything is written.
    selection.check(section.interfaces.map(({ linkType }) => linkType));
    return new SavefileSource(reader, section, selection);
  } catch (error) {
    await input.close();
    throw error;
  }
}

class SavefileSource implements Source<PacketBatch> {
  readonly section: Section;
  readonly #reader: SavefileReader;
  readonly #selection: Selection;

  constructor(reader: SavefileReader, section: Section, selection: Selection) {
    this.#reader = reader;
    this.section = section;
    this.#selection = selection;
  }

  async *batches(signal: AbortSignal): AsyncGenerator<PacketBatch, void, undefined> {
    const cancel = () => {
      this.#reader.cancel();
    };
    signal.addEventListener('abort', cancel);
    try {
      while (!signal.aborted) {
        const batch = await this.#reader.next();
        if (batch === undefined) return;
        yield batch;
      }
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#reader.reportDamage();
    }
  }

  filterOverruns(): number {
    return this.#selection.overruns;
  }

  /** A savefile's packets were seen by another capture, whose statistics are among its blocks. */
  stats(): CaptureStats {
    return { rings: [], startedAt: undefined, endedAt: undefined };
  }

  close(): void {
    this.#reader.close();
  }
}

/** The input from its first uncompressed byte on, and the format of its contents. */
async function recognise(
  input: ByteInput,
  name: string,
  selection: Selection,
): Promise<{ input: ByteInput; format: SavefileFormat; compressed: boolean }> {
  try {
    const front = await readFront(input);
    const whole = new PrefixedInput(front, input);
    const inflated = inflate(front, whole);
    if (inflated === undefined) {
      return { input: whole, format: formatOf(front, name, selection), compressed: false };
    }
    const inner = await readFront(inflated);
    return {
      input: new PrefixedInput(inner, inflated),
      format: formatOf(inner, name, selection),
      compressed: true,
    };
  } catch (error) {
    throw error instanceof NmcapError ? error : readFailed(name, error);
  }
}

/** What compressed input holds; undefined where it is not compressed. */
function inflate(front: Uint8Array, whole: ByteInput): ByteInput | undefined {
  if (startsWith(front, GZIP_MAGIC)) return new GunzipInput(whole);
  if (startsWith(front, ZSTD_MAGIC)) return new ZstdInput(whole);
  return undefined;
}

function startsWith(front: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, i) => front[i] === byte);
}

/** The bytes that identify the format; fewer where the input is shorter. */
async function readFront(input: ByteInput): Promise<Uint8Array> {
  const front = new Uint8Array(MAGIC_LENGTH);
  let length = 0;
  while (length < MAGIC_LENGTH) {
    const count = await input.read(front.subarray(length));
    if (count === 0) break;
    length += count;
  }
  return front.subarray(0, length);
}

function formatOf(front: Uint8Array, name: string, selection: Selection): SavefileFormat {
  if (front.length === MAGIC_LENGTH) {
    const view = new DataView(front.buffer);
    for (const magic of [view.getUint32(0, true), view.getUint32(0, false)]) {
      if (magic === BlockType.SectionHeader) return new PcapngFormat(selection);
      if (isPcapMagic(magic)) return new PcapFormat(selection);
    }
  }
  const shown = Array.from(front, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  throw new NmcapError(
    'NM_BAD_SAVEFILE',
    front.length === 0
      ? `${name} is empty`
      : `${name} is neither a pcapng nor a pcap file: it begins with the bytes ${shown}`,
    { hint: "-r reads what capture programs write, such as 'nmcap -w' or 'tcpdump -w'" },
  );
}
