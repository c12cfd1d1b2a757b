import { InvalidArgumentError } from 'commander';

import type { Compression } from '../binding.js';
import { NmcapError } from '../errors.js';
import { unknownConversion } from '../sink/rotation/conversions.js';
import type { CompletionOptions, RotationOptions } from '../sink/rotation/options.js';

/** The options about the files that are written, as commander hands them over. */
export interface FileFlags {
  output?: string;
  fileSize?: number;
  fileSeconds?: number;
  align?: true;
  fileCount?: number;
  keep?: number;
  onRotate?: string;
  printFiles?: true;
  jsonFiles?: true;
  duration?: number;
  maxSize?: number;
}

export interface FileOptions {
  /** Undefined: there is one file, which is not followed by another. */
  readonly rotation: RotationOptions | undefined;
  readonly completion: CompletionOptions;
  /** Of all files of an output together, bytes on disk. */
  readonly maxSize: number | undefined;
  /** The capture ends after so many seconds. */
  readonly duration: number | undefined;
}

type Add = (flags: string, text: string, read?: (value: string) => unknown) => void;

const COMPRESSIONS: readonly (readonly [string, Compression])[] = [
  ['.gz', 'gzip'],
  ['.zst', 'zstd'],
];

/** How a file is compressed, by its name. */
export function compressionOf(file: string): Compression | undefined {
  return COMPRESSIONS.find(([ending]) => file.toLowerCase().endsWith(ending))?.[1];
}

/** The name without the ending that stands for a compression. */
export function withoutCompression(file: string): string {
  return compressionOf(file) === undefined ? file : file.slice(0, file.lastIndexOf('.'));
}

/** Adds the options to a command, each with its line of help. */
export function addFileOptions(add: Add): void {
  add('--output <file>', 'print to the file instead of standard output', named);
  add('-C, --file-size <size>', 'begin another file before one is larger (K, M, G; else MB)', size);
  add('-G, --file-seconds <seconds>', 'begin another file every so many seconds', atLeastOne);
  add('--align', 'with -G: at multiples of that time, such as every full hour');
  add('-W, --file-count <n>', 'with -G: end after n files; with -C: keep the newest n', atLeastOne);
  add('--keep <n>', 'keep the newest n files of the capture', atLeastOne);
  add('--on-rotate <program>', 'run the program with the name of each finished file', named);
  add('--print-files', 'print a line for each finished file');
  add('--json-files', 'print it as a JSON object');
  add('--duration <seconds>', 'end after that time', seconds);
  add('--max-size <size>', 'end before all files together are larger', size);
}

/**
 * @param files what is written to files, by option; undefined: not at all, `-`: standard output
 * @param isStdoutFree whether nothing else is written to standard output
 * @throws NmcapError NM_USAGE
 */
export function fileOptions(
  flags: FileFlags,
  files: Readonly<Record<string, string | undefined>>,
  isStdoutFree: boolean,
): FileOptions {
  const { fileSize, fileSeconds, fileCount, align, keep, onRotate, printFiles, jsonFiles } = flags;
  const rotates = fileSize !== undefined || fileSeconds !== undefined;
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
      throw usageError(`${name} is for files: add -w FILE or --output FILE`);
    }
    for (const [option, file] of named) {
      if (file === '-') throw usageError(`${name} and '${option} -' exclude each other`);
    }
  }
  if (align === true && fileSeconds === undefined) throw usageError('--align is for -G SECONDS');
  if (!rotates && (fileCount !== undefined || keep !== undefined)) {
    const name = fileCount === undefined ? '--keep' : '-W';
    throw usageError(`${name} is for rotated files: add -C SIZE or -G SECONDS`);
  }
  if (fileSize !== undefined && fileCount !== undefined && keep !== undefined) {
    throw usageError('with -C both -W and --keep give the number of files to keep');
  }
  const list = jsonFiles === true ? 'json' : printFiles === true ? 'text' : undefined;
  if (list !== undefined && !isStdoutFree) {
    const name = list === 'json' ? '--json-files' : '--print-files';
    throw usageError(`${name} and something else both want standard output`);
  }
  if (rotates) for (const [option, file = ''] of named) refuseTemplate(option, file);
  return {
    rotation: rotates
      ? {
          size: fileSize,
          period:
            fileSeconds === undefined
              ? undefined
              : { seconds: fileSeconds, aligned: align === true },
          keep: keep ?? (fileSize === undefined ? undefined : fileCount),
          fileLimit: fileSize === undefined ? fileCount : undefined,
        }
      : undefined,
    completion: { command: onRotate, list },
    maxSize: flags.maxSize,
    duration: flags.duration,
  };
}

function refuseTemplate(option: string, file: string): void {
  const unknown = unknownConversion(file);
  if (unknown === undefined) return;
  throw usageError(
    `${option} ${file}: there is no conversion '${unknown}'`,
    "the name of rotated files is a template of strftime(3), in which '%%' is a percent sign",
  );
}

function usageError(message: string, hint = "'nmcap --help' lists the options"): NmcapError {
  return new NmcapError('NM_USAGE', message, { hint });
}

const UNITS: Readonly<Record<string, number>> = { '': 1e6, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

/** Bytes, in tcpdump's units: millions, or powers of 1024 where there is a letter. */
function size(value: string): number {
  const [, digits = '', letter = ''] = /^(\d+)([KMG]?)$/i.exec(value) ?? [];
  const bytes = Number(digits) * (UNITS[letter.toUpperCase()] ?? NaN);
  if (bytes > 0 && Number.isSafeInteger(bytes)) return bytes;
  throw new InvalidArgumentError(
    'It is a number of millions of bytes, or of K, M or G: 100, 512K.',
  );
}

function atLeastOne(value: string): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (number >= 1 && number <= 0x7fffffff) return number;
  throw new InvalidArgumentError('It is a whole number from 1.');
}

function seconds(value: string): number {
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : NaN;
  if (number > 0 && number <= 0x7fffffff) return number;
  throw new InvalidArgumentError('It is a number of seconds.');
}

function named(value: string): string {
  if (value !== '') return value;
  throw new InvalidArgumentError('It is the name of a file.');
}
