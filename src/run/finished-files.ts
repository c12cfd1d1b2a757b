import { spawn } from 'node:child_process';

import type { CompletionOptions } from '../cli/file-options.js';
import { systemReason } from '../errors.js';
import type { FileHandler, FinishedFile } from '../index.js';
import { LineBuffer } from '../text/line.js';
import { Rfc3339 } from '../text/rfc3339.js';

const STDERR = 2;

export interface CompletionTools {
  /** Writes to standard output. */
  print(text: string): Promise<void>;
  /** Runs a program that may print something. */
  run<T>(program: () => Promise<T>): Promise<T>;
  /** Reports a problem to the user. */
  report(message: string): void;
}

/** Prints a line about each file, and runs a command; undefined where neither is wanted. */
export function fileHandler(
  { command, list }: CompletionOptions,
  tools: CompletionTools,
): FileHandler | undefined {
  if (command === undefined && list === undefined) return undefined;
  return async (file) => {
    const { path } = file;
    try {
      if (list !== undefined) await tools.print(list === 'json' ? fileJson(file) : fileLine(file));
    } catch (error) {
      tools.report(`the line about ${path}: ${systemReason(error)}`);
    }
    if (command === undefined) return;
    const failure = file.isRemoved
      ? 'not run: the file was removed before its turn came'
      : await tools.run(() => outcome(command, path));
    if (failure !== undefined) tools.report(`${command} ${path}: ${failure}`);
  };
}

/** Name, packets, bytes, time of the first and of the last packet, with tabs between them. */
export function fileLine({ path, packets, bytes, first, last }: FinishedFile): string {
  // A name may have any character but NUL; one line stays one line.
  const name = JSON.stringify(path).slice(1, -1).replaceAll('\\"', '"');
  return `${[name, packets, bytes, timeText(first) ?? '-', timeText(last) ?? '-'].join('\t')}\n`;
}

/** The same as a JSON object on a line; times that are not known are left out. */
export function fileJson({ path, packets, bytes, first, last }: FinishedFile): string {
  const object = { file: path, packets, bytes, first: timeText(first), last: timeText(last) };
  return `${JSON.stringify(object)}\n`;
}

/** RFC 3339, UTC, to the microsecond. */
function timeText(time: number | undefined): string | undefined {
  if (time === undefined) return undefined;
  const seconds = Math.floor(time / 1e6);
  const text = new LineBuffer(64);
  new Rfc3339().write(text, seconds, (time - seconds * 1e6) * 1000, 6);
  return Buffer.from(text.take()).toString('latin1');
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
