import { parseCommandLine } from './cli/parse.js';
import { explainShortage, NmcapError } from './errors.js';
import { reportError } from './report.js';
import { writeText } from './sink/output.js';

/** From the command line to the exit status; every error is reported here. */
export async function main(argv: readonly string[]): Promise<number> {
  // A message that nobody reads is no reason to fail.
  process.stderr.on('error', () => undefined);
  try {
    const options = await parseCommandLine(argv, process.stdout.isTTY);
    if (options.task === 'print-text') {
      await writeText(options.text);
      return 0;
    }
    // Loaded after the command line is parsed, so that --help and usage errors are quick.
    const { run } = await import('./run/run.js');
    return await run(options);
  } catch (error) {
    // The reader of standard output went away because it has seen enough.
    if (error instanceof NmcapError && error.code === 'NM_BROKEN_PIPE') return 0;
    // The file that is one too many may be one of nmcap's own modules.
    return reportError(error instanceof NmcapError ? error : (explainShortage(error) ?? error));
  }
}
