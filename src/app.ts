import { parseCommandLine } from './cli/parse.js';
import { NmcapError } from './errors.js';
import { reportError } from './report.js';
import { writeText } from './sink/output.js';

/** From the command line to the exit status; whatever goes wrong is reported here. */
export async function main(argv: readonly string[]): Promise<number> {
  // What nobody hears is no reason to fail.
  process.stderr.on('error', () => undefined);
  try {
    const options = await parseCommandLine(argv, process.stdout.isTTY);
    if (options.task === 'print-text') {
      await writeText(options.text);
      return 0;
    }
    // Loaded behind the command line, so that help and its mistakes come at once.
    const { run } = await import('./run/run.js');
    await run(options);
    return 0;
  } catch (error) {
    // The reader of standard output has gone, which is a way to say "enough".
    if (error instanceof NmcapError && error.code === 'NM_BROKEN_PIPE') return 0;
    return reportError(error);
  }
}
