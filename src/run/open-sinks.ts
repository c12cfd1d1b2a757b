import type { CaptureOptions } from '../cli/options.js';
import { report } from '../report.js';
import { CountingSink } from '../sink/counting.js';
import { openOutputs } from '../sink/open-outputs.js';
import { standardTextOutput } from '../sink/output.js';
import { PcapSink } from '../sink/pcap.js';
import { SavefileSink } from '../sink/savefile.js';
import type { PacketSink } from '../sink/sink.js';
import type { Sinks } from './capture.js';

/**
 * Opens the outputs that `options` name. The decoders, which are most of nmcap, are loaded only for
 * printing. `written`: how many packets have reached all sinks of a list, for the statistics.
 *
 * @throws NmcapError why an output cannot be opened, in which case no file is truncated; the signal's
 *   reason where that is aborted before a named pipe has a reader
 */
export async function openSinks(
  { write, print, statsJson }: CaptureOptions,
  written: (sinks: Pick<Sinks, 'packets'>) => number,
  signal: AbortSignal,
): Promise<Sinks> {
  const [file, statsFile] = await openOutputs([write?.path, statsJson], signal);
  const packets: PacketSink[] = [];
  if (write !== undefined && file !== undefined) {
    packets.push(write.format === 'pcap' ? new PcapSink(file, report) : new SavefileSink(file));
  }
  if (print !== undefined) {
    const { createPrinter } = await import('../print/printer.js');
    const { PrinterSink } = await import('../sink/printer.js');
    packets.push(new PrinterSink(createPrinter(print), standardTextOutput()));
  }
  if (packets.length === 0) packets.push(new CountingSink());
  if (statsFile === undefined) return { packets, others: [] };
  const { StatsSink } = await import('../sink/stats-file.js');
  return { packets, others: [new StatsSink(statsFile, () => written({ packets }))] };
}
