import { compressionOf } from '../cli/file-options.js';
import type { CaptureOptions } from '../cli/options.js';
import type { Sinks } from '../library/carry.js';
import { type Output, standardTextOutput } from '../output.js';
import { report } from '../report.js';
import { CountingSink } from '../sink/counting.js';
import { openOutputs } from '../sink/open-outputs.js';
import { PcapSink } from '../sink/pcap.js';
import { SavefileSink } from '../sink/savefile.js';
import type { PacketSink, Sink } from '../sink/sink.js';

/**
 * Opens the outputs. `written`: how many packets have reached all sinks of a list, for the statistics.
 *
 * @throws NmcapError why an output cannot be opened, in which case no file is truncated; the signal's
 *   reason where that is aborted before a named pipe has a reader
 */
export type OpenSinks = (
  written: (sinks: Pick<Sinks, 'packets'>) => number,
  signal: AbortSignal,
) => Promise<Sinks>;

/**
 * Loads what the outputs that `options` name need, but opens none: nmcap may become a user that cannot
 * read its own modules in between. The decoders, which are most of nmcap, are loaded only for printing.
 */
export async function loadSinks(options: CaptureOptions): Promise<OpenSinks> {
  const { write, print, output, statsJson, statsInterval, rotation, mode } = options;
  const series = needsSeries(options)
    ? (await import('./open-series.js')).openSeries(options)
    : undefined;
  const printing = print === undefined ? undefined : await loadPrinting();
  const statistics = statsJson === undefined ? undefined : await import('../sink/stats-file.js');
  return async (written, signal) => {
    // Rotated files have other names, and none is emptied.
    const [file, text, statsFile] = await openOutputs(
      rotation === undefined ? [write?.path, output, statsJson] : [undefined, undefined, statsJson],
      mode,
      signal,
    );
    const packets: PacketSink[] = [];
    const others: Sink[] = [];
    if (write !== undefined) {
      if (series !== undefined) packets.push(series.savefile(write, file));
      else if (file !== undefined) packets.push(savefileSink(write.format, file));
    }
    if (print !== undefined && printing !== undefined) {
      const printer = printing.createPrinter(print);
      packets.push(
        series !== undefined && output !== undefined
          ? series.text(output, printer, text)
          : new printing.PrinterSink(printer, text ?? standardTextOutput()),
      );
    }
    if (series !== undefined) others.push(series.completion);
    if (packets.length === 0) packets.push(new CountingSink());
    if (statsFile !== undefined && statistics !== undefined) {
      const lines = statsInterval !== undefined;
      others.push(new statistics.StatsSink(statsFile, () => written({ packets }), { lines }));
    }
    return { packets, others };
  };
}

function savefileSink(format: 'pcapng' | 'pcap', file: Output): PacketSink {
  return format === 'pcap' ? new PcapSink(file, report) : new SavefileSink(file);
}

async function loadPrinting() {
  const { createPrinter } = await import('../print/printer.js');
  const { PrinterSink } = await import('../sink/printer.js');
  return { createPrinter, PrinterSink };
}

/** Whether files are compressed or rotated, or something happens when one is complete. */
function needsSeries({ write, output, rotation, completion, maxSize }: CaptureOptions): boolean {
  const compressions = [write?.path, output].map((path) => path && compressionOf(path));
  const { command, list } = completion;
  return [...compressions, rotation, command, list, maxSize].some((wish) => wish !== undefined);
}
