// Runs test files in this one process: in a processor simulated in software each start of node takes
// seconds. `node --test` would take a process for each file.
//
//   node --import tsx --test-reporter=spec test/vm/one-process.mjs FILE ...
import path from 'node:path';
import { pathToFileURL } from 'node:url';

for (const file of process.argv.slice(2)) await import(pathToFileURL(path.resolve(file)).href);
