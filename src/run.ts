import { accountTable } from './account.js';
import { capture } from './capture.js';
import { NmcapError } from './errors.js';
import type { Options } from './options.js';
import { SummaryPrinter } from './print/summary.js';
import { say } from './report.js';
import { abortOnSignals } from './signals.js';
import { CountingSink } from './sink/counting.js';
import { openOutput, standardOutput } from './sink/output.js';
import { PrinterSink } from './sink/printer.js';
import { SavefileSink } from './sink/savefile.js';
import type { Sink } from './sink/sink.js';
import { openDevice } from './source/device.js';
import { MonitorSource } from './source/monitor.js';
import type { Source } from './source/source.js';

/**
 * Captures as `options` say, until the count is reached, a signal comes or the port goes away, and
 * tells the accounts on stderr.
 *
 * @throws NmcapError what stopped the capture; not when the reader of standard output has gone, which
 *   is a way to say "enough"
 */
export async function run(options: Options): Promise<void> {
  if (options.write === '-' && process.stdout.isTTY) {
    throw new NmcapError('NM_OUTPUT_IS_TERMINAL', 'pcapng is not written to a terminal', {
      hint: "name a file, or a reader: 'nmcap … -w - | tshark -r -'",
    });
  }
  const { port } = options;
  const signal = abortOnSignals();
  const source = new MonitorSource(options, await openDevice(port));
  const counting = new CountingSink();
  const sinks = [...openSinks(options, source), counting];
  const { description = '' } = source.section.interfaces[0] ?? {};
  say(`${port.text}: ${description}, snapshot length ${options.snapshotLength}`);

  for (const limitation of MonitorSource.limitations(options)) say(limitation);

  const tellAccounts = () => {
    // A terminal has just echoed ^C.
    if (signal.aborted && process.stderr.isTTY) process.stderr.write('\n');
    if (source.parentLeft) say(`${port.text}: its application left netmap mode`);
    process.stderr.write(accountTable(source.stats(), counting.packets));
  };
  try {
    await capture(source, sinks, signal);
  } catch (error) {
    if (error instanceof NmcapError && error.code === 'NM_BROKEN_PIPE') return;
    tellAccounts();
    throw error;
  }
  tellAccounts();
}

/** Opened once the monitor is attached: a capture that cannot begin leaves old files alone. */
function openSinks({ write, print }: Options, source: Source): Sink[] {
  const sinks: Sink[] = [];
  try {
    if (write !== undefined) sinks.push(new SavefileSink(openOutput(write)));
    if (print !== undefined) {
      sinks.push(new PrinterSink(new SummaryPrinter(print), standardOutput()));
    }
    return sinks;
  } catch (error) {
    source.close();
    throw error;
  }
}
