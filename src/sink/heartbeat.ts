import type { Output } from '../output.js';
import { BlockType } from '../pcapng/block.js';
import { BlockBuilder } from '../pcapng/block-builder.js';
import type { Section } from '../pcapng/section.js';

/** How long a pipe may be quiet. */
const BEAT_MS = 2000;

/**
 * Writes a block into a pipe now and then where no packet comes: ssh(1), and whatever else passes bytes
 * on, finds out that its own reader has gone only when it has something for it. The block is a name
 * resolution block without names, which every reader takes, and which says nothing (pcapng, 4.5).
 */
export class Heartbeat {
  readonly #output: Output;
  #section: Section | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** Writes that have not ended, and whether any has begun since the last look. */
  #writing = 0;
  #hasWritten = false;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Where the output is a pipe. */
  start(): void {
    if (this.#output.watch === undefined) return;
    this.#timer = setInterval(() => {
      if (this.#section !== undefined && this.#writing === 0 && !this.#hasWritten) {
        this.#beat(this.#section);
      }
      this.#hasWritten = false;
    }, BEAT_MS);
    // The capture is what keeps the process alive.
    this.#timer.unref();
  }

  /** Writes what the file is for, which is of this section. */
  async during(section: Section, write: () => Promise<void>): Promise<void> {
    this.#section = section;
    this.#hasWritten = true;
    this.#writing++;
    try {
      await write();
    } finally {
      this.#writing--;
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** A failure is noticed by what is written next, or watches the pipe. */
  #beat({ byteOrder }: Section): void {
    // The end of the list of names: a type and a length of 0.
    const block = new BlockBuilder(BlockType.NameResolution, byteOrder).uint16(0).uint16(0).build();
    this.#writing++;
    const done = () => {
      this.#writing--;
    };
    this.#output.write(block).then(done, done);
  }
}
