// Measures nmcap on the kernel's netmap, and another program in turn with it: `npm run bench:kernel
// -- --help`. Builds what is measured, and runs it here or in a virtual machine.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { buildPrograms } from '../programs.js';
import { type KernelBenchArguments, parseKernelBenchArguments, USAGE } from './arguments.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const DEVICE = '/dev/netmap';

/** Half of it is the tmpfs of /dev/shm, for the largest file of any row. */
const GUEST_MEMORY = 10_240;
/** Longer than all rows take; each step has a shorter limit of its own. */
const GUEST_TIMEOUT = 3600;

function fail(message: string): never {
  process.stderr.write(`bench:kernel: ${message}\n`);
  process.exit(2);
}

function parse(args: readonly string[]): KernelBenchArguments {
  try {
    return parseKernelBenchArguments(args);
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const args = process.argv.slice(2);
const { help, module } = parse(args);
if (help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
if (module === undefined && !existsSync(DEVICE)) {
  fail(
    `there is no ${DEVICE}: load the netmap module, or measure in a virtual machine with ` +
      "'npm run bench:kernel -- --module path/to/netmap.ko'",
  );
}
const modulePath = module && path.resolve(process.env['INIT_CWD'] ?? '.', module);
if (modulePath !== undefined && !existsSync(modulePath)) fail(`${modulePath} does not exist`);

// Before the boot: what is built inside the machine disappears with it.
buildPrograms();
const measurement = [process.execPath, '--import', 'tsx', 'bench/kernel/run.ts', ...args];
const limits = ['--memory', `${GUEST_MEMORY}`, '--timeout', `${GUEST_TIMEOUT}`];
const [command = '', ...rest] =
  modulePath === undefined
    ? measurement
    : ['test/vm/run-in-vm', ...limits, '--module', modulePath, ...measurement];
const { status, error } = spawnSync(command, rest, { cwd: ROOT, stdio: 'inherit' });
if (error) fail(`${command}: ${error.message}`);
process.exitCode = status ?? 1;
