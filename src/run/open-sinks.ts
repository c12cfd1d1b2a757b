import { compressionOf } from '../cli/file-options.js';
import type { CaptureOptions } from '../cli/options.js';
import { report } from '../report.js';
import { CountingSink } from '../sink/counting.js';
import { openOutputs } from '../sink/open-outputs.js';
import { type Output, standardTextOutput } from '../sink/output.js';
import { PcapSink } from '../sink/pcap.js';
import { SavefileSink } from '../sink/savefile.js';
import type { PacketSink, Sink } from '../sink/sink.js';
import type { Sinks } from './capture.js';

/**
 * Opens the outputs that `options` name. The decoders, which are most of nmcap, are loaded only for
 * printing. `written`: how many packets have reached all sinks of a list, for the statistics.
 *
 * @throws NmcapError why an output cannot be opened, in which case no file is truncated; the signal's
 *   reason where that is aborted before a named pipe has a reader
 */
export async function openSinks(
  options: CaptureOptions,
  written: (sinks: Pick<Sinks, 'packets'>) => number,
  signal: AbortSignal,
): Promise<Sinks> {
  const { write, print, output, statsJson, statsInterval, rotation, mode } = options;
  // Rotated files have other names, and none is emptied.
  const [file, text, statsFile] = await openOutputs(
    rotation === undefined ? [write?.path, output, statsJson] : [undefined, undefined, statsJson],
    mode,
    signal,
  );
  const packets: PacketSink[] = [];
  const others: Sink[] = [];
  const series = needsSeries(options)
    ? (await import('./open-series.js')).openSeries(options)
    : undefined;
  if (write !== undefined) {
    if (series !== undefined) packets.push(series.savefile(write, file));
    else if (file !== undefined) packets.push(savefileSink(write.format, file));
  }
  if (print !== undefined) {
    if (series !== undefined && output !== undefined) {
      packets.push(await series.text(output, print, text));
    } else packets.push(await printerSink(print, text ?? standardTextOutput()));
  }
  if (series !== undefined) others.push(series.completion);
  if (packets.length === 0) packets.push(new CountingSink());
  if (statsFile !== undefined) {
    const { StatsSink } = await import('../sink/stats-file.js');
    others.push(
      new StatsSink(statsFile, () => written({ packets }), { lines: statsInterval !== undefined }),
    );
  }
  return { packets, others };
}

function savefileSink(format: 'pcapng' | 'pcap', file: Output): PacketSink {
  return format === 'pcap' ? new PcapSink(file, report) : new SavefileSink(file);
}

async function printerSink(print: NonNullable<CaptureOptions['print']>, output: Output) {
  const { createPrinter } = await import('../print/printer.js');
  const { PrinterSink } = await import('../sink/printer.js');
  return new PrinterSink(createPrinter(print), output);
}

/** Whether files are compressed or rotated, or something happens when one is complete. */
function needsSeries({ write, output, rotation, completion, maxSize }: CaptureOptions): boolean {
  const compressions = [write?.path, output].map((path) => path && compressionOf(path));
  const { command, list } = completion;
  return [...compressions, rotation, command, list, maxSize].some((wish) => wish !== undefined);
}
