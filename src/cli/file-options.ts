import { InvalidArgumentError } from 'commander';

import type { RotationOptions } from '../index.js';
import type { Definer } from './definer.js';
import { atLeastOne, fileName, usageError, whole } from './usage.js';

/** The options for files that follow one another, as commander returns them. */
export interface FileFlags {
  fileSize?: number;
  fileSeconds?: number;
  align?: true;
  fileCount?: number;
  keep?: number;
  /** Not an option of its own: dumpcap's `-a files:`. */
  fileLimit?: number;
  onRotate?: string;
  printFiles?: true;
  jsonFiles?: true;
  duration?: number;
  maxSize?: number;
}

/** What is done with each file once it is complete; a capture that does not rotate has one. */
export interface CompletionOptions {
  /** A program that is run with the file's name. */
  readonly command: string | undefined;
  /** Lines about the files on standard output. */
  readonly list: 'text' | 'json' | undefined;
}

export interface FileOptions {
  /** Of the files that are created, as chmod(2) takes it; undefined: for their owner alone. */
  readonly mode: number | undefined;
  /** Undefined: a single file. */
  readonly rotation: RotationOptions | undefined;
  readonly completion: CompletionOptions;
  /** Of all files of an output together, bytes on disk. */
  readonly maxSize: number | undefined;
  /** The capture ends after so many seconds. */
  readonly duration: number | undefined;
}

export function addFileOptions(define: Definer): void {
  define.add(
    '-C, --file-size <size>',
    'begin a new file before one exceeds this size (with K, M or G; plain: millions of bytes)',
    size,
  );
  define.add('-G, --file-seconds <seconds>', 'begin a new file every so many seconds', period);
  define.add('--align', 'with -G: at multiples of it, as on the hour');
  define.add(
    '-W, --file-count <n>',
    'with -G: exit after n files; with -C: keep the newest n',
    atLeastOne,
  );
  define.add('--keep <n>', 'keep only the newest n files', atLeastOne);
  define.add('--on-rotate <program>', 'run this with the name of each finished file', fileName);
  define.add('--print-files', 'print a line for each finished file');
  define.add('--json-files', 'print it as a JSON object');
  define.add('--duration <seconds>', 'exit after that time', seconds);
  define.add('--max-size <size>', 'exit before all files together exceed this', size);
}

/**
 * @param isRecorder each trigger has a file of its own
 * @param files file names by option; undefined: not written, `-`: standard output
 * @param isStdoutFree whether standard output is otherwise unused
 * @throws NmcapError NM_USAGE
 */
export function fileOptions(
  flags: FileFlags & { readonly mode?: number },
  isRecorder: boolean,
  files: Readonly<Record<string, string | undefined>>,
  isStdoutFree: boolean,
): FileOptions {
  const { fileSize, fileSeconds, fileCount, align, keep, onRotate, printFiles, jsonFiles } = flags;
  const { fileLimit } = flags;
  const rotates = fileSize !== undefined || fileSeconds !== undefined || isRecorder;
  const named = Object.entries(files).filter(([, file]) => file !== undefined);
  const needFile: [unknown, string][] = [
    [fileSize, '-C'],
    [fileSeconds, '-G'],
    [onRotate, '--on-rotate'],
    [printFiles, '--print-files'],
    [jsonFiles, '--json-files'],
    [flags.maxSize, '--max-size'],
  ];
  for (const [value, name] of needFile) {
    if (value === undefined) continue;
    if (named.length === 0) {
      throw usageError(`${name} needs a file: add -w FILE or --output FILE`);
    }
    for (const [option, file] of named) {
      if (file === '-') throw usageError(`${name} and '${option} -' cannot be combined`);
    }
  }
  if (align === true && fileSeconds === undefined) throw usageError('--align needs -G SECONDS');
  const counts: [unknown, string][] = [
    [fileCount, '-W'],
    [keep, '--keep'],
    [fileLimit, '-a files:'],
  ];
  const [, name] = counts.find(([value]) => value !== undefined) ?? [];
  if (!rotates && name !== undefined) {
    throw usageError(`${name} needs rotated files: add -C SIZE, -G SECONDS or --before`);
  }
  if (fileSize !== undefined && fileCount !== undefined && keep !== undefined) {
    throw usageError('with -C, -W and --keep mean the same and cannot be combined');
  }
  if (fileLimit !== undefined && fileCount !== undefined) {
    throw usageError('-a files: and -W cannot be combined');
  }
  const list = jsonFiles === true ? 'json' : printFiles === true ? 'text' : undefined;
  if (list !== undefined && !isStdoutFree) {
    const name = list === 'json' ? '--json-files' : '--print-files';
    throw usageError(`${name} and packets cannot both go to standard output`);
  }
  return {
    rotation: rotates
      ? {
          size: fileSize,
          period:
            fileSeconds === undefined
              ? undefined
              : { seconds: fileSeconds, aligned: align === true },
          keep: keep ?? (fileSize === undefined ? undefined : fileCount),
          fileLimit: fileLimit ?? (fileSize === undefined ? fileCount : undefined),
        }
      : undefined,
    completion: { command: onRotate, list },
    mode: flags.mode,
    maxSize: flags.maxSize,
    duration: flags.duration,
  };
}

const UNITS: Readonly<Record<string, number>> = { '': 1e6, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes, in tcpdump's units: millions, or powers of 1024 with a letter. */
export function size(value: string): number {
  const [, digits = '', letter = ''] = /^(\d+)([KMG]?)$/i.exec(value) ?? [];
  const bytes = Number(digits) * (UNITS[letter.toUpperCase()] ?? NaN);
  if (bytes > 0 && Number.isSafeInteger(bytes)) return bytes;
  throw new InvalidArgumentError(
    'expected a size in millions of bytes, or with K, M or G: 100, 512K',
  );
}

/** Times in microseconds stay exact numbers. */
const MAX_SECONDS = 0x7fffffff;

export function period(value: string): number {
  return whole(value, 1, MAX_SECONDS);
}

export function seconds(value: string): number {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN;
  if (number > 0 && number <= MAX_SECONDS) return number;
  throw new InvalidArgumentError('expected a number of seconds');
}
