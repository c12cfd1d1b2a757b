import fs from 'node:fs';

import { outputError } from '../../output.js';
import { createFile } from '../safe-open.js';
import type { Completion } from './completion.js';
import type { FinishedFile } from './finished-file.js';
import { FileNames } from './name.js';
import type { RotationOptions } from './options.js';
import { Periods } from './periods.js';

/** A file of a series, to be written and closed by whoever asked for it. */
export interface OpenedFile {
  readonly path: string;
  readonly descriptor: number;
  /** Packets of this time, microseconds since 1970, and later ones belong to the next file. */
  readonly endsAt: number | undefined;
  /** Whether there may be something in it, which goes with the first write. */
  readonly emptyFirst?: boolean;
}

/** Which file it was, whatever has that name by now. */
interface OwnFile {
  readonly path: string;
  readonly device: bigint;
  readonly inode: bigint;
}

/**
 * The files of one output: opens them one after the other and removes those that need not be kept.
 * It overwrites and removes nothing that it has not made itself.
 */
export class FileSeries {
  /** The most bytes of one file. */
  readonly sizeLimit: number | undefined;
  readonly #options: RotationOptions;
  readonly #mode: number;
  readonly #names: FileNames;
  readonly #periods: Periods | undefined;
  readonly #completion: Completion;
  /** The newest last; the open one among them. */
  readonly #files: OwnFile[] = [];
  #opened = 0;
  #endsAt: number | undefined;

  /** `mode`: of the files, as chmod(2) takes it. */
  constructor(template: string, options: RotationOptions, mode: number, completion: Completion) {
    this.#names = new FileNames(template);
    this.#options = options;
    this.#mode = mode;
    this.#completion = completion;
    this.sizeLimit = options.size;
    const { period } = options;
    this.#periods = period && new Periods(period.seconds, period.aligned);
  }

  /** Whether no further file follows. */
  get isOver(): boolean {
    const { fileLimit } = this.#options;
    return fileLimit !== undefined && this.#opened >= fileLimit;
  }

  /**
   * Creates the next file. `time`: of its first packet, or what the clock says; microseconds since
   * 1970. The file begins with the period that this is in, or amid it where that has a file already.
   *
   * @throws NmcapError why it cannot be created
   */
  open(time: number): OpenedFile {
    const start = this.#startOf(time);
    const { path, descriptor } = this.#create(new Date(start / 1000));
    try {
      const { dev: device, ino: inode } = fs.fstatSync(descriptor, { bigint: true });
      this.#files.push({ path, device, inode });
      this.#opened++;
    } catch (error) {
      fs.closeSync(descriptor);
      throw error;
    }
    return { path, descriptor, endsAt: this.#endsAt };
  }

  removeOld(): void {
    const { keep } = this.#options;
    while (keep !== undefined && this.#files.length > keep) this.#removeOldest();
  }

  makeRoom(): boolean {
    return this.#files.length > 1 && this.#removeOldest();
  }

  abandon(): void {
    const newest = this.#files.pop();
    if (newest !== undefined) this.#remove(newest);
  }

  finished(file: FinishedFile): void {
    this.#completion.add(file);
  }

  #startOf(time: number): number {
    if (this.#periods === undefined) return time;
    const last = this.#endsAt;
    if (last !== undefined && time < last) return time;
    this.#endsAt = this.#periods.endOf(time);
    return last === undefined ? time : this.#periods.startOf(time);
  }

  #create(start: Date): { path: string; descriptor: number } {
    let path = this.#names.next(start);
    for (;;) {
      try {
        // Where a file was cut back, its end is where writing goes on.
        return { path, descriptor: createFile(path, this.#mode, fs.constants.O_APPEND) };
      } catch (cause) {
        const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
        if (code === 'EEXIST') path = this.#names.next(start);
        // The oldest file makes room for the newest.
        else if (code !== 'ENOSPC' || !this.#removeOldest()) throw outputError(path, cause);
      }
    }
  }

  /** False where there is none that may be removed. */
  #removeOldest(): boolean {
    if (this.#options.keep === undefined) return false;
    const oldest = this.#files.shift();
    if (oldest === undefined) return false;
    this.#remove(oldest);
    return true;
  }

  #remove({ path, device, inode }: OwnFile): void {
    const found = fs.lstatSync(path, { throwIfNoEntry: false, bigint: true });
    // Somebody may have moved it, and another file may have its name.
    if (found?.dev !== device || found.ino !== inode) return;
    try {
      fs.unlinkSync(path);
    } catch (cause) {
      throw outputError(path, cause);
    }
    this.#completion.removed(path);
  }
}
