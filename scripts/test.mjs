// Runs the test files with Node's own runner: all below test/, or the files and folders named on the
// command line. Node 20's --test takes no globs and runs nothing for a folder, so the files are listed
// here.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const named = process.argv.slice(2);
const files = (named.length > 0 ? named : ['test']).flatMap((place) =>
  statSync(place).isDirectory()
    ? readdirSync(place, { recursive: true })
        .filter((name) => name.endsWith('.test.ts'))
        .sort()
        .map((name) => path.join(place, name))
    : [place],
);
if (files.length === 0) {
  console.error(`no test files in ${named.join(' ')}`);
  process.exit(1);
}

// Under sudo the program under test would give up root, which the tests do not expect.
const environment = { ...process.env };
delete environment.SUDO_USER;

const run = spawnSync(
  process.execPath,
  ['--import', 'tsx', '--test', '--test-reporter=spec', ...files],
  { stdio: 'inherit', env: environment },
);
process.exit(run.status ?? 1);
