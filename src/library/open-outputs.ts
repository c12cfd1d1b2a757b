import { type Output, standardTextOutput } from '../output.js';
import { CountingSink } from '../sink/counting.js';
import { compressionOf, savefileFormat } from '../sink/file-name.js';
import { openOutputs as openPlaces } from '../sink/open-outputs.js';
import { unknownConversion } from '../sink/rotation/conversions.js';
import { PRIVATE_MODE } from '../sink/safe-open.js';
import type { PacketSink } from '../sink/sink.js';
import type { Capture, Outputs } from './capture.js';
import { checkWhole, misuse } from './check.js';
import { MonitorCapture } from './monitor-capture.js';
import type { OutputEvents, OutputOptions, PacketOutput, StatisticsOutput } from './outputs.js';
import type { SeriesMaker } from './series.js';
import { SinkOutputs } from './sink-outputs.js';
import { SourceCapture } from './source-capture.js';

/** Outputs whose code is loaded, and of which nothing is open. */
export interface PreparedOutputs {
  /**
   * Opens them for a capture. Files are emptied only when they are first written to.
   *
   * @throws NmcapError NM_OUTPUT or NM_DISK_FULL where one of them cannot be opened, and then none is; the
   *   reason of the capture's signal where that is aborted before a named pipe has a reader
   */
  open(capture: Capture): Promise<Outputs>;
}

/** What an output's code makes of its place, once that is open, for a capture. */
type MakeSink = (file: Output | undefined, capture: SourceCapture) => PacketSink;

/**
 * Loads what outputs need, and opens nothing. To be called before openMonitor(): to load the decoders
 * takes tens of milliseconds, in which the ring of a monitor that is not read yet fills up; and a
 * program that gives up its privileges in between may not be able to read them any more.
 *
 * @throws NmcapError NM_USAGE for options that mean nothing, and for fields that do not exist
 */
export async function prepareOutputs(
  outputs: readonly OutputOptions[],
  events: OutputEvents = {},
): Promise<PreparedOutputs> {
  outputs.forEach(check);
  const packets = outputs.filter((output) => output.kind !== 'statistics');
  const statistics = outputs.filter((output) => output.kind === 'statistics');
  const series = packets.some((output) => isSeries(output, events))
    ? await loadSeries(events)
    : undefined;
  const makers = await Promise.all(packets.map((output) => loadSink(output, events, series)));
  const { StatsSink } = statistics.length > 0 ? await import('../sink/stats-file.js') : {};
  return {
    async open(capture) {
      if (!(capture instanceof SourceCapture)) {
        throw misuse('outputs are opened for what openMonitor() or openSavefile() gave');
      }
      const files = await openPlaces([...packets, ...statistics].map(placeOf), capture.signal);
      const opened = new SinkOutputs(
        packets.length === 0
          ? [new CountingSink()]
          : makers.map((make, index) => make(files[index], capture)),
      );
      if (series !== undefined) opened.add(series.completion);
      for (const [index, { lines = false }] of statistics.entries()) {
        const file = files[packets.length + index];
        if (file === undefined || StatsSink === undefined) continue;
        opened.add(new StatsSink(file, () => opened.written, { lines }));
      }
      return opened;
    },
  };
}

/**
 * Opens outputs for a capture: prepareOutputs() and open() in one. For a savefile, or where a monitor's
 * first frames do not matter.
 *
 * @throws NmcapError as both of them
 */
export async function openOutputs(
  capture: Capture,
  outputs: readonly OutputOptions[],
  events: OutputEvents = {},
): Promise<Outputs> {
  const prepared = await prepareOutputs(outputs, events);
  return prepared.open(capture);
}

function check(output: OutputOptions): void {
  const { path, mode } = output;
  if (path === '') throw misuse('path: an output needs a name');
  checkWhole('mode', mode, 0, 0o777);
  if (output.kind === 'statistics') return;
  const { rotation, maxSize } = output;
  checkWhole('maxSize', maxSize, 1);
  if (rotation === undefined) return;
  const unknown = unknownConversion(path);
  if (unknown !== undefined) throw misuse(`${path}: unknown conversion '${unknown}'`);
  checkWhole('rotation.size', rotation.size, 1);
  checkWhole('rotation.period.seconds', rotation.period?.seconds, 1);
  checkWhole('rotation.keep', rotation.keep, 1);
  checkWhole('rotation.fileLimit', rotation.fileLimit, 1);
}

/** Whether files are compressed or rotated, or something happens when one is complete. */
function isSeries({ path, rotation, maxSize }: PacketOutput, { onFile }: OutputEvents): boolean {
  if (path === '-' && rotation === undefined && maxSize === undefined) return false;
  return [compressionOf(path), rotation, maxSize, onFile].some((wish) => wish !== undefined);
}

/** Where to open an output; nowhere, where its files have other names, or it is opened by its sink. */
function placeOf(output: PacketOutput | StatisticsOutput | OutputOptions) {
  const { path, mode = PRIVATE_MODE } = output;
  if ('rotation' in output && output.rotation !== undefined) return undefined;
  if ('kind' in output && output.kind === 'text' && path === '-') return undefined;
  return { path, mode };
}

async function loadSeries(events: OutputEvents): Promise<SeriesMaker> {
  const { SeriesMaker } = await import('./series.js');
  return new SeriesMaker(events);
}

async function loadSink(
  output: Exclude<OutputOptions, StatisticsOutput>,
  events: OutputEvents,
  series: SeriesMaker | undefined,
): Promise<MakeSink> {
  const { path } = output;
  const inSeries = series !== undefined && isSeries(output, events) ? series : undefined;
  if (output.kind === 'text') {
    const { createPrinter } = await import('../print/printer.js');
    const { PrinterSink } = await import('../sink/printer.js');
    const printer = createPrinter(output.format);
    return (file, capture) =>
      inSeries?.text(output, printer, file, kindOf(capture)) ??
      new PrinterSink(printer, file ?? standardTextOutput());
  }
  const { format = savefileFormat(path) } = output;
  if (inSeries !== undefined) {
    return (file, capture) => inSeries.savefile(output, format, file, kindOf(capture));
  }
  if (format === 'pcap') {
    const { PcapSink } = await import('../sink/pcap.js');
    return (file) =>
      new PcapSink(opened(file), (message) => {
        events.report?.(message, 'warning');
      });
  }
  const { SavefileSink } = await import('../sink/savefile.js');
  return (file) => new SavefileSink(opened(file));
}

/** What matters of a capture to a series of files. */
function kindOf(capture: SourceCapture): 'savefile' | 'live' | 'recorder' {
  if (!(capture instanceof MonitorCapture)) return 'savefile';
  return capture.isRecorder ? 'recorder' : 'live';
}

function opened(file: Output | undefined): Output {
  if (file === undefined) throw new Error('an output that was not opened');
  return file;
}
