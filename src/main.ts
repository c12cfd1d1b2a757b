import { parseCommandLine } from './cli.js';
import { reportError } from './report.js';
import { run } from './run.js';

try {
  const options = parseCommandLine(process.argv.slice(2), process.stdout.isTTY);
  if (options !== undefined) await run(options);
} catch (error) {
  process.exitCode = reportError(error);
}
