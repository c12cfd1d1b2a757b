import { statSync } from 'node:fs';

import { accountTable } from './stats/table.js';
import { binding } from './binding.js';
import { capture } from './capture.js';
import { NmcapError } from './errors.js';
import type { CaptureOptions, FilterDumpOptions } from './cli/options.js';
import { LINKTYPE_ETHERNET } from './pcapng/section.js';
import { say } from './report.js';
import { abortOnSignals } from './signals.js';
import { CountingSink } from './sink/counting.js';
import { openOutputs } from './sink/open-outputs.js';
import { standardTextOutput, writeText } from './sink/output.js';
import { PcapSink } from './sink/pcap.js';
import { SavefileSink } from './sink/savefile.js';
import type { PacketSink, Sink } from './sink/sink.js';
import { openDevice } from './monitor/open-device.js';
import { explainFilterError } from './filter-error.js';
import { limitations } from './monitor/describe.js';
import { MonitorSource } from './monitor/monitor.js';
import { openSavefile } from './savefile/open.js';
import { Selection } from './savefile/selection.js';
import type { Source } from './source.js';

/**
 * Does what `options` say, until the source ends, the count is reached or a signal comes.
 *
 * @throws NmcapError what stopped it
 */
export async function run(options: CaptureOptions | FilterDumpOptions): Promise<void> {
  if (options.task === 'dump-filter') {
    await writeText(await describeFilter(options));
    return;
  }
  refuseOutput(options);
  const signal = abortOnSignals();
  const source = await openSource(options, signal);
  if (source === undefined) return;
  const opened = await openSinks(options, source, signal);
  if (opened === undefined) return;
  const { sinks, written } = opened;
  const tellEnd = async () => {
    if (source instanceof MonitorSource) tellAccounts(source, written(), signal);
    if (options.countOnly) {
      await writeText(`${written()} packet${written() === 1 ? '' : 's'}\n`);
    }
  };
  try {
    await capture(source, sinks, signal);
  } catch (error) {
    const enough = error instanceof NmcapError && error.code === 'NM_BROKEN_PIPE';
    if (!enough) await tellEnd();
    throw error;
  }
  await tellEnd();
}

/** What would be regretted: binary on a terminal, and emptying the file that is to be read. */
function refuseOutput({ input, write }: CaptureOptions): void {
  if (write === undefined) return;
  if (write.path === '-' && process.stdout.isTTY) {
    throw new NmcapError('NM_OUTPUT_IS_TERMINAL', `${write.format} is not written to a terminal`, {
      hint: "name a file, or a reader: 'nmcap … -w - | tshark -r -'",
    });
  }
  if (input.kind !== 'savefile') return;
  const [from, to] = [input.path, write.path].map((path) =>
    path === '-' ? undefined : statSync(path, { throwIfNoEntry: false }),
  );
  if (from?.isFile() === true && from.dev === to?.dev && from.ino === to.ino) {
    throw new NmcapError('NM_OUTPUT', `${write.path}: is the file to be read`, {
      hint: 'choose another place with -w',
    });
  }
}

/** Undefined where a signal came before the input did. */
async function openSource(
  options: CaptureOptions,
  signal: AbortSignal,
): Promise<Source | undefined> {
  const { input, filter, packetLimit } = options;
  if (input.kind === 'live') {
    const monitors = { ...input, filter, packetLimit };
    const source = new MonitorSource(monitors, await openDevice(input.ports));
    for (const { name = '', description = '' } of source.section.interfaces) {
      say(`${name}: ${description}, snapshot length ${input.snapshotLength}`);
    }
    for (const limitation of limitations(monitors)) say(limitation);
    return source;
  }
  try {
    return await openSavefile(input.path, new Selection(filter, packetLimit), signal);
  } catch (error) {
    if (error === signal.reason) return undefined;
    throw error;
  }
}

interface OpenedSinks {
  readonly sinks: readonly Sink[];
  /** The packets that all of them have. */
  readonly written: () => number;
}

/**
 * Opened once the source is: what cannot begin leaves old files alone. The decoders, which are most
 * of nmcap, are loaded only to print. Undefined where a signal came before the reader of a pipe did.
 */
async function openSinks(
  { write, print, statsJson }: CaptureOptions,
  source: Source,
  signal: AbortSignal,
): Promise<OpenedSinks | undefined> {
  const sinks: PacketSink[] = [];
  try {
    const [file, accounts] = await openOutputs([write?.path, statsJson], signal);
    if (write !== undefined && file !== undefined) {
      const alone = print === undefined ? source : undefined;
      sinks.push(write.format === 'pcap' ? new PcapSink(file, say) : new SavefileSink(file, alone));
    }
    if (print !== undefined) {
      const { createPrinter } = await import('./print/printer.js');
      const { PrinterSink } = await import('./sink/printer.js');
      sinks.push(new PrinterSink(createPrinter(print), standardTextOutput()));
    }
    if (sinks.length === 0) sinks.push(new CountingSink());
    const written = () => Math.min(...sinks.map(({ packets }) => packets));
    if (accounts === undefined) return { sinks, written };
    const { AccountsSink } = await import('./sink/accounts-file.js');
    return { sinks: [...sinks, new AccountsSink(accounts, written)], written };
  } catch (error) {
    source.close();
    if (error === signal.reason) return undefined;
    throw error;
  }
}

function tellAccounts(source: MonitorSource, written: number, signal: AbortSignal): void {
  // A terminal has just echoed ^C.
  if (signal.aborted && process.stderr.isTTY) process.stderr.write('\n');
  if (source.parentsLeft) say(`${source.name}: its application left netmap mode`);
  process.stderr.write(accountTable(source.stats(), written));
}

async function describeFilter({ filter, savefile }: FilterDumpOptions): Promise<string> {
  let linkType = LINKTYPE_ETHERNET;
  if (savefile !== undefined) {
    const source = await openSavefile(savefile);
    linkType = source.section.interfaces[0]?.linkType ?? linkType;
    source.close();
  }
  try {
    return binding().describeFilter(filter, linkType);
  } catch (error) {
    throw explainFilterError(error, filter);
  }
}
