import { VERSION } from './version.js';

const argv = process.argv.slice(2);

// Scripts ask for the version often: nothing else is loaded for it.
if (argv.length === 1 && argv[0] === '--version') {
  process.stdout.write(`nmcap ${VERSION}\n`);
} else {
  const { main } = await import('./app.js');
  process.exitCode = await main(argv);
}
