// Runs the tests that run anywhere on instrumented code, and prints how much of src/ they cover;
// coverage/index.html shows it line by line. Options and files go to scripts/test.mjs.
//
// The unit tests load src/ itself, the command line's a build of it with source maps. That is started
// by a program of its own, because bin/nmcap does not let the environment make Node.js write files.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { run } from './steps.mjs';

const TESTS = ['test/unit', 'test/cli', 'test/contract'];

process.chdir(path.resolve(import.meta.dirname, '..'));
rmSync('coverage', { recursive: true, force: true });
mkdirSync('coverage/bin', { recursive: true });
// The native addon and the version are looked for beside the build.
for (const name of ['build', 'package.json']) symlinkSync(`../${name}`, `coverage/${name}`);
run('npx', ['tsc', '-p', 'tsconfig.build.json', '--outDir', 'coverage/dist', '--sourceMap']);
const program = path.resolve('coverage/bin/nmcap');
writeFileSync(program, "#!/usr/bin/env node\nawait import('../dist/main.js');\n", { mode: 0o755 });

const named = process.argv.slice(2);
const { status } = spawnSync(
  'npx',
  [
    'c8',
    ...['--all', '--src', 'src', '--include', 'src/**', '--exclude-after-remap'],
    ...['--reporter', 'text-summary', '--reporter', 'html'],
    ...['node', 'scripts/test.mjs', ...(named.length > 0 ? named : TESTS)],
  ],
  { stdio: 'inherit', env: { ...process.env, NMCAP_UNDER_TEST: program } },
);
process.exit(status ?? 1);
