import { writeSync } from 'node:fs';

import { VERSION } from './version.js';

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
  process.exitCode = await main(argv);
}
