import { rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const MIB = 2 ** 20;

/** Bytes of a piece of the reserve. */
const PIECE = 64 * MIB;

/** Bytes free ahead of what a file still takes. */
const AHEAD = 256 * MIB;

const LOOK_EVERY_MS = 10;

/**
 * Memory in use until a file on tmpfs needs it. A virtual machine gives free memory back to its host
 * within seconds and pays for it at each first use, many times what a write(2) costs: what is
 * measured should be the writer, not that.
 */
export class WarmMemory {
  readonly #pieces: string[] = [];

  /** Takes so many bytes, in files of a folder on tmpfs. */
  constructor(folder: string, bytes: number) {
    const zeros = new Uint8Array(PIECE).fill(0x55);
    for (let i = 0; i * PIECE < bytes + AHEAD; i++) {
      const piece = path.join(folder, `reserve-${i}`);
      writeFileSync(piece, zeros);
      this.#pieces.push(piece);
    }
  }

  /** Gives as much back as `file` takes while it is written, until `writing` settles. */
  async lend<Result>(file: string, writing: () => Promise<Result>): Promise<Result> {
    let given = 0;
    const give = () => {
      const taken = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
      for (; given < taken + AHEAD; given += PIECE) {
        const piece = this.#pieces.pop();
        if (piece === undefined) return;
        rmSync(piece);
      }
    };
    give();
    const timer = setInterval(give, LOOK_EVERY_MS);
    try {
      return await writing();
    } finally {
      clearInterval(timer);
    }
  }

  release(): void {
    for (const piece of this.#pieces.splice(0)) rmSync(piece);
  }
}
