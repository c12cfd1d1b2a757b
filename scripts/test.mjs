// Runs the test files with Node's own runner: all below test/, or the files and folders named on the
// command line. Node 20's --test takes no globs and runs nothing for a folder, so the files are listed
// here; and it sorts them by name, where run() keeps their order.
import { readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

/**
 * What takes longest comes first, so that nothing is left to run alone at the end: the native tests
 * take minutes, and a package that is built from its tarball one.
 */
const FIRST = ['native/native', 'packaging/pack', 'cli/figures', 'cli/progress', 'cli/rotation'];

/**
 * Many files wait for a clock rather than for a processor. Node's own choice leaves one processor for
 * itself, which on two would run one file at a time.
 */
const CONCURRENCY = Math.max(2, availableParallelism());

const named = process.argv.slice(2);
const files = (named.length > 0 ? named : ['test']).flatMap((place) =>
  statSync(place).isDirectory()
    ? readdirSync(place, { recursive: true })
        .filter((name) => name.endsWith('.test.ts'))
        .sort()
        .map((name) => path.join(place, name))
    : [place],
);
const rank = (file) => {
  const found = FIRST.findIndex((name) => file.endsWith(`${path.normalize(name)}.test.ts`));
  return found < 0 ? FIRST.length : found;
};
files.sort((a, b) => rank(a) - rank(b));
if (files.length === 0) {
  console.error(`no test files in ${named.join(' ')}`);
  process.exit(1);
}

// Under sudo the program under test would give up root, which the tests do not expect.
delete process.env.SUDO_USER;

// The files' processes get it; run() has an option for that only since Node 22.
process.execArgv.push('--import', 'tsx');
run({ files: files.map((file) => path.resolve(file)), concurrency: CONCURRENCY })
  .on('test:fail', () => {
    process.exitCode = 1;
  })
  .compose(spec)
  .pipe(process.stdout);
