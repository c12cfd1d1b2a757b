// Runs the contract suite and the command line's tests on a real /dev/netmap: this machine's, or that
// of a kernel booted in QEMU with the given netmap module.
//
//   npm run test:kernel [-- [--module path/to/netmap.ko] [test files]]
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const DEVICE = '/dev/netmap';

function fail(message) {
  console.error(`test:kernel: ${message}`);
  process.exit(1);
}

/** Exits with the command's status unless it succeeds. */
function run(command, args, environment = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (error) fail(`${command}: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function parseArguments(words) {
  const [first, second, ...rest] = words;
  if (first !== '--module') return { files: words };
  if (second === undefined) fail('--module requires the path of a netmap.ko');
  return { module: path.resolve(process.env.INIT_CWD ?? '.', second), files: rest };
}

function defaultFiles() {
  const below = (folder, ending) =>
    readdirSync(path.join(root, folder))
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => path.join(folder, name));
  return [...below('test/contract', '.test.ts'), ...below('test/cli', '.kernel.test.ts')];
}

/** The virtual machine runs Linux; on FreeBSD the tests run in place. */
const isLinux = process.platform === 'linux';

const { module, files } = parseArguments(process.argv.slice(2));
if (module !== undefined && !isLinux) fail('--module boots Linux, and needs Linux');
if (module === undefined && !existsSync(DEVICE)) {
  fail(
    isLinux
      ? `there is no ${DEVICE}: load the netmap module, or test one in a virtual machine with ` +
          "'npm run test:kernel -- --module path/to/netmap.ko'"
      : `there is no ${DEVICE}: 'kldload netmap' loads the module`,
  );
}
// The tests' cables are epair(4)'s.
if (!isLinux) run('kldload', ['-n', 'if_epair']);
if (module !== undefined && !existsSync(module)) fail(`${module} does not exist`);

// Before the boot: what is built inside the machine disappears with it.
run(process.execPath, ['scripts/setup.mjs']);
const tests = [
  process.execPath,
  ...['--import', 'tsx', '--test-reporter=spec', 'test/vm/one-process.mjs'],
  ...(files.length > 0 ? files : defaultFiles()),
];
// Without this the suite would also run on the simulated device, and skip a missing /dev/netmap.
const environment = { NMCAP_CONTRACT_DEVICE: DEVICE };
if (module === undefined) {
  run(tests[0], tests.slice(1), environment);
} else {
  const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  run('test/vm/run-in-vm', ['--module', module, 'env', ...settings, ...tests]);
}
