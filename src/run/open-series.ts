import { compressionOf } from '../cli/file-options.js';
import type { CaptureOptions, WriteOptions } from '../cli/options.js';
import { NmcapError } from '../errors.js';
import { FileOutput, type Output, writeText } from '../output.js';
import type { PacketPrinter } from '../print/summary.js';
import { report, withoutStandingLine } from '../report.js';
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
import type { Sink } from '../sink/sink.js';

/** Makes the sinks of a capture that write files one after the other. */
export interface SeriesSinks {
  /** To be ended last. */
  readonly completion: Sink;
  /** `file`: that has been opened, where there is only one. */
  savefile(write: WriteOptions, file: Output | undefined): SeriesSink;
  text(path: string, printer: PacketPrinter, file: Output | undefined): SeriesSink;
}

export function openSeries({
  rotation,
  mode,
  completion,
  maxSize,
  input,
  quiet,
}: CaptureOptions): SeriesSinks {
  const done = new Completion(completion, {
    print: (text) => withoutStandingLine(() => writeText(text)),
    run: withoutStandingLine,
    report,
  });
  const sinkOf = (path: string, file: Output | undefined, format: FileFormat) => {
    const files =
      rotation === undefined
        ? new SingleFile(path, descriptorOf(path, file), done)
        : new FileSeries(path, rotation, mode, done);
    const warn = (message: string) => {
      report(`${path}: ${message}`);
    };
    const live = input.kind === 'monitor';
    const announce = (line: string) => {
      if (!quiet) report(line);
    };
    return new SeriesSink(files, format, {
      maxSize,
      compression: compressionOf(path),
      live,
      recording: live && input.recorder !== undefined ? { announce } : undefined,
      warn,
    });
  };
  return {
    completion: done,
    savefile: ({ path, format }, file) =>
      sinkOf(path, file, format === 'pcap' ? new PcapFileFormat() : new PcapngFileFormat()),
    text: (path, printer, file) => sinkOf(path, file, new TextFileFormat(printer)),
  };
}

/** @throws NmcapError for a pipe, whose size is not known */
function descriptorOf(path: string, file: Output | undefined): number {
  const descriptor = file instanceof FileOutput ? file.descriptor : undefined;
  if (descriptor !== undefined) return descriptor;
  throw new NmcapError('NM_OUTPUT', `${path} is a pipe, not a file`, {
    hint: 'name a file; --max-size, --on-rotate and --print-files are for files',
  });
}
