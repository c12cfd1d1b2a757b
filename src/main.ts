import { writeSync } from 'node:fs';

import { ownSignals } from './run/signals.js';
import { VERSION } from './version.js';

ownSignals();
const argv = process.argv.slice(2);

/** Scripts ask for the version often: nothing else is loaded for it. */
function tellsVersion(): boolean {
  if (argv.length !== 1 || argv[0] !== '--version') return false;
  try {
    writeSync(1, `nmcap ${VERSION}\n`);
    return true;
  } catch {
    // Tried again, and explained, where errors are.
    return false;
  }
}

if (!tellsVersion()) {
  const { main } = await import('./app.js');
  // All is written. Where the process came to its end by itself, signals would have their defaults
  // again while Node.js tidies up, and one that comes then would kill what has succeeded.
  process.exit(await main(argv));
}
