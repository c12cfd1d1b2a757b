import { spawn } from 'node:child_process';

import { systemReason } from '../../errors.js';
import type { Sink } from '../sink.js';
import { fileJson, fileLine, type FinishedFile } from './finished-file.js';
import type { CompletionOptions } from './options.js';

const STDERR = 2;

export interface CompletionTools {
  /** Writes to standard output. */
  print(text: string): Promise<void>;
  /** Runs a program that may print something. */
  run<T>(program: () => Promise<T>): Promise<T>;
  /** Reports a problem to the user. */
  report(message: string): void;
}

/**
 * What happens to files once they are complete, in their order: a line about each, and a command
 * that is run for each, one at a time. Nothing here stops the capture.
 */
export class Completion implements Sink {
  readonly #options: CompletionOptions;
  readonly #tools: CompletionTools;
  readonly #removed = new Set<string>();
  #queue: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(options: CompletionOptions, tools: CompletionTools) {
    this.#options = options;
    this.#tools = tools;
  }

  begin(): void {
    // Files come later.
  }

  write(): void {
    // Packets do not matter here.
  }

  add(file: FinishedFile): void {
    this.#waiting++;
    this.#queue = this.#queue.then(async () => {
      await this.#list(file);
      await this.#run(file.path);
      this.#waiting--;
      if (this.#waiting === 0) this.#removed.clear();
    });
  }

  /** The file no longer exists: a command still to be run for it is skipped. */
  removed(path: string): void {
    if (this.#waiting > 0) this.#removed.add(path);
  }

  /** Settles once the last command has ended. */
  end(): Promise<void> {
    return this.#queue;
  }

  async #list(file: FinishedFile): Promise<void> {
    const { list } = this.#options;
    if (list === undefined) return;
    try {
      await this.#tools.print(list === 'json' ? fileJson(file) : fileLine(file));
    } catch (error) {
      this.#tools.report(`the line about ${file.path}: ${systemReason(error)}`);
    }
  }

  async #run(path: string): Promise<void> {
    const { command } = this.#options;
    if (command === undefined) return;
    const failure = this.#removed.delete(path)
      ? 'not run: the file was removed before its turn came'
      : await this.#tools.run(() => outcome(command, path));
    if (failure !== undefined) this.#tools.report(`${command} ${path}: ${failure}`);
  }
}

/** Runs a program with the file's name; returns what went wrong, if anything. */
function outcome(command: string, path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    // Standard output is for nmcap's own lines.
    const child = spawn(command, [path], { stdio: ['ignore', STDERR, STDERR] });
    child.once('error', (error) => {
      resolve(systemReason(error));
    });
    child.once('close', (status, signal) => {
      if (status === 0) resolve(undefined);
      else resolve(signal === null ? `exited with status ${status}` : `ended by ${signal}`);
    });
  });
}
