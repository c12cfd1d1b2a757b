import { writeSync } from 'node:fs';

import { ownSignals } from './run/signals.js';
import { VERSION } from './version.js';

ownSignals();
const argv = process.argv.slice(2);

/** Scripts ask for the version often: nothing else is loaded for it. */
function printedVersion(): boolean {
  if (argv.length !== 1 || argv[0] !== '--version') return false;
  try {
    writeSync(1, `nmcap ${VERSION}\n`);
    return true;
  } catch {
    // Commander prints it again, where errors are explained.
    return false;
  }
}

if (!printedVersion()) {
  const { main } = await import('./app.js');
  // Everything is written. If the process were left to exit by itself, signals would get their default
  // actions back while Node.js cleans up, and one that arrived then would kill a run that succeeded.
  process.exit(await main(argv));
}
