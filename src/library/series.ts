import { NmcapError } from '../errors.js';
import { FileOutput, type Output } from '../output.js';
import type { PacketPrinter } from '../print/summary.js';
import { compressionOf } from '../sink/file-name.js';
import { Completion } from '../sink/rotation/completion.js';
import {
  type FileFormat,
  PcapFileFormat,
  PcapngFileFormat,
  TextFileFormat,
} from '../sink/rotation/format.js';
import { FileSeries } from '../sink/rotation/series.js';
import { SingleFile } from '../sink/rotation/single-file.js';
import { SeriesSink } from '../sink/rotation/sink.js';
import { PRIVATE_MODE } from '../sink/safe-open.js';
import type { OutputEvents, PacketOutput } from './outputs.js';

/** What a series is written from: what a flight recorder has recorded is live, too. */
export type SeriesKind = 'savefile' | 'live' | 'recorder';

/** Makes sinks that write files one after the other. */
export class SeriesMaker {
  /** What happens to finished files of all of them; to be ended after them. */
  readonly completion: Completion;
  readonly #report: OutputEvents['report'];

  constructor({ onFile, report }: OutputEvents) {
    this.completion = new Completion(onFile);
    this.#report = report;
  }

  /** `file`: that has been opened, where there is only one. */
  savefile(
    output: PacketOutput,
    format: 'pcapng' | 'pcap',
    file: Output | undefined,
    kind: SeriesKind,
  ): SeriesSink {
    const made = format === 'pcap' ? new PcapFileFormat() : new PcapngFileFormat();
    return this.#sink(output, made, file, kind);
  }

  text(
    output: PacketOutput,
    printer: PacketPrinter,
    file: Output | undefined,
    kind: SeriesKind,
  ): SeriesSink {
    return this.#sink(output, new TextFileFormat(printer), file, kind);
  }

  #sink(
    { path, rotation, mode = PRIVATE_MODE, maxSize }: PacketOutput,
    format: FileFormat,
    file: Output | undefined,
    kind: SeriesKind,
  ): SeriesSink {
    const files =
      rotation === undefined
        ? new SingleFile(path, descriptorOf(path, file), this.completion)
        : new FileSeries(path, rotation, mode, this.completion);
    const announce = (line: string) => this.#report?.(line, 'note');
    return new SeriesSink(files, format, {
      maxSize,
      compression: compressionOf(path),
      live: kind !== 'savefile',
      recording: kind === 'recorder' ? { announce } : undefined,
      warn: (message) => this.#report?.(`${path}: ${message}`, 'warning'),
    });
  }
}

/** @throws NmcapError for a pipe, whose size is not known */
function descriptorOf(path: string, file: Output | undefined): number {
  const descriptor = file instanceof FileOutput ? file.descriptor : undefined;
  if (descriptor !== undefined) return descriptor;
  throw new NmcapError('NM_OUTPUT', `${path} is a pipe, not a file`, {
    hint: 'name a file; --max-size, --on-rotate and --print-files are for files',
  });
}
