// Sets up a clone: system packages, npm packages, the native addon, the TypeScript build. Each step
// looks first whether there is anything to do, so that a second run costs next to nothing.
// Plain JavaScript without packages: on a fresh clone there is nothing else to run it with.
//
//   node scripts/setup.mjs [--with-test-oracles]
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
process.chdir(root);

/** What the build needs of the system, and the test oracles: how to see it, who packages it. */
const SYSTEM = [
  { what: 'g++', missing: () => !onPath('g++') && !onPath('c++'), apt: 'g++', pkg: 'gcc' },
  { what: 'make', missing: () => !onPath('make') && !onPath('gmake'), apt: 'make', pkg: 'gmake' },
  { what: 'python3', missing: () => !onPath('python3'), apt: 'python3', pkg: 'python3' },
  { what: 'libpcap', missing: () => !hasHeader('pcap/pcap.h'), apt: 'libpcap-dev', pkg: 'libpcap' },
];
const ORACLES = [
  { what: 'tshark', missing: () => !onPath('tshark'), apt: 'tshark', pkg: 'wireshark-nox11' },
  { what: 'tcpdump', missing: () => !onPath('tcpdump'), apt: 'tcpdump', pkg: 'tcpdump' },
  { what: 'mandoc', missing: () => !onPath('mandoc'), apt: 'mandoc', pkg: 'mandoc' },
];

function onPath(program) {
  return (process.env.PATH ?? '')
    .split(':')
    .some((folder) => existsSync(path.join(folder, program)));
}

function hasHeader(name) {
  return ['/usr/include', '/usr/local/include'].some((folder) =>
    existsSync(path.join(folder, name)),
  );
}

function fail(message) {
  console.error(`setup: ${message}`);
  process.exit(1);
}

/** Runs a command with its output on stderr: stdout belongs to what is run after the set-up. */
function run(command, args, environment = {}) {
  const result = spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...environment },
  });
  if (result.status !== 0) {
    fail(
      `'${[command, ...args].join(' ')}' failed${result.error ? `: ${result.error.message}` : ''}`,
    );
  }
}

function installSystemPackages(wanted) {
  const missing = wanted.filter((entry) => entry.missing());
  if (missing.length === 0) return;
  const manager = onPath('apt-get') ? 'apt' : onPath('pkg') ? 'pkg' : undefined;
  const what = missing.map((entry) => entry.what).join(', ');
  if (manager === undefined) fail(`please install: ${what}`);
  const packages = missing.map((entry) => entry[manager]);
  const install =
    manager === 'apt'
      ? ['apt-get', 'install', '-y', '--no-install-recommends', ...packages]
      : ['pkg', 'install', '-y', ...packages];
  if (process.getuid() !== 0) {
    fail(`missing: ${what}. Run this, then try again:\n\n    sudo ${install.join(' ')}\n`);
  }
  console.error(`setup: installing ${packages.join(' ')}`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  if (manager === 'apt') run('apt-get', ['update', '-q'], quiet);
  run(install[0], install.slice(1), quiet);
  const still = missing.filter((entry) => entry.missing());
  if (still.length > 0) fail(`still missing: ${still.map((entry) => entry.what).join(', ')}`);
}

/** When the newest of these files, or files below these folders, was changed; ms since 1970. */
function newest(places) {
  let time = 0;
  for (const place of places) {
    const status = statSync(place, { throwIfNoEntry: false });
    if (status === undefined) continue;
    time = Math.max(time, status.mtimeMs);
    if (!status.isDirectory()) continue;
    time = Math.max(time, newest(readdirSync(place).map((name) => path.join(place, name))));
  }
  return time;
}

/** Runs `step` unless the stamp that it left behind is newer than all that it depends on. */
function upToDate(stamp, inputs, step) {
  const made = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (made > newest(inputs)) return;
  step();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, new Date(), new Date());
}

function installNpmPackages() {
  upToDate('node_modules/.nmcap-setup', ['package.json', 'package-lock.json'], () => {
    console.error('setup: npm packages');
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
    // So that `npx nmcap` finds this clone.
    mkdirSync('node_modules/.bin', { recursive: true });
    const link = 'node_modules/.bin/nmcap';
    if (!existsSync(link)) symlinkSync('../../bin/nmcap', link);
  });
}

function buildAddon() {
  const inputs = ['native', 'binding.gyp', 'node_modules/.nmcap-setup'];
  upToDate('build/.nmcap-setup', inputs, () => {
    console.error('setup: native addon');
    // Headers beside the running node are its own; without them node-gyp would download some.
    const prefix = path.resolve(process.execPath, '../..');
    const headers = existsSync(path.join(prefix, 'include/node/node_api.h'))
      ? [`--nodedir=${prefix}`]
      : [];
    const command = existsSync('build/Makefile') ? ['configure', 'build'] : ['rebuild'];
    run('node_modules/.bin/node-gyp', [...command, '--silent', ...headers]);
  });
}

function buildTypeScript() {
  const inputs = ['src', 'tsconfig.json', 'tsconfig.build.json', 'node_modules/.nmcap-setup'];
  upToDate('dist/.nmcap-setup', inputs, () => {
    console.error('setup: TypeScript');
    run('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json']);
  });
}

installSystemPackages(
  process.argv.includes('--with-test-oracles') ? [...SYSTEM, ...ORACLES] : SYSTEM,
);
installNpmPackages();
buildAddon();
buildTypeScript();
