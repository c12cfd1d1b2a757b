import { parseCommandLine } from './cli.js';
import { reportError } from './report.js';

/** From the command line to the exit status; whatever goes wrong is reported here. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = parseCommandLine(argv, process.stdout.isTTY);
    if (options === undefined) return 0;
    // Loaded behind the command line, so that help and its mistakes come at once.
    const { run } = await import('./run.js');
    await run(options);
    return 0;
  } catch (error) {
    return reportError(error);
  }
}
