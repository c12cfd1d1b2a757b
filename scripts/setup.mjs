// Sets up a clone: system packages, npm packages, the native addon, the TypeScript build. Each step
// first checks whether there is anything to do, so that a second run costs next to nothing.
//
//   node scripts/setup.mjs [--with-test-oracles]
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { fail, run, upToDate } from './steps.mjs';

// import.meta.dirname came with Node 20.11.
process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** System packages for the build and for the tests: how to detect them, and what they are called. */
const SYSTEM = [
  { what: 'g++', missing: () => !onPath('g++') && !onPath('c++'), apt: 'g++', pkg: 'gcc' },
  { what: 'make', missing: () => !onPath('make') && !onPath('gmake'), apt: 'make', pkg: 'gmake' },
  { what: 'python3', missing: () => !onPath('python3'), apt: 'python3', pkg: 'python3' },
  { what: 'libpcap', missing: () => !hasHeader('pcap/pcap.h'), apt: 'libpcap-dev', pkg: 'libpcap' },
  { what: 'libzstd', missing: () => !hasHeader('zstd.h'), apt: 'libzstd-dev', pkg: 'zstd' },
  // In FreeBSD's base system.
  { what: 'zlib', missing: () => !hasHeader('zlib.h'), apt: 'zlib1g-dev', pkg: 'zlib-ng' },
];
const ORACLES = [
  { what: 'tshark', missing: () => !onPath('tshark'), apt: 'tshark', pkg: 'wireshark-nox11' },
  { what: 'tcpdump', missing: () => !onPath('tcpdump'), apt: 'tcpdump', pkg: 'tcpdump' },
  { what: 'jq', missing: () => !onPath('jq'), apt: 'jq', pkg: 'jq' },
  { what: 'bash', missing: () => !onPath('bash'), apt: 'bash', pkg: 'bash' },
  { what: 'zsh', missing: () => !onPath('zsh'), apt: 'zsh', pkg: 'zsh' },
  { what: 'fish', missing: () => !onPath('fish'), apt: 'fish', pkg: 'fish' },
  // With ssh; in FreeBSD's base system.
  {
    what: 'sshd',
    missing: () => !existsSync('/usr/sbin/sshd'),
    apt: 'openssh-server',
    pkg: 'openssh-portable',
  },
  { what: 'mandoc', missing: () => !onPath('mandoc'), apt: 'mandoc', pkg: 'mandoc' },
  // What checks packages, units and scripts of other systems is of these systems alone.
  { what: 'lintian', missing: () => !onPath('lintian'), apt: 'lintian' },
  { what: 'systemd-analyze', missing: () => !onPath('systemd-analyze'), apt: 'systemd' },
  {
    what: 'shellcheck',
    missing: () => !onPath('shellcheck'),
    apt: 'shellcheck',
    pkg: 'hs-ShellCheck',
  },
  { what: 'bmake', missing: () => !onPath('bmake'), apt: 'bmake' },
  {
    what: 'clang-format',
    missing: () => !onPath('clang-format'),
    apt: 'clang-format',
    // On FreeBSD package and program have a version in their names; lint does without it there.
    pkg: 'llvm',
  },
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

function installSystemPackages(wanted) {
  const manager = onPath('apt-get') ? 'apt' : onPath('pkg') ? 'pkg' : undefined;
  const isElsewhere = (entry) => manager !== undefined && entry[manager] === undefined;
  const missing = wanted.filter((entry) => !isElsewhere(entry) && entry.missing());
  if (missing.length === 0) return;
  const what = missing.map((entry) => entry.what).join(', ');
  if (manager === undefined) fail(`missing: ${what}. Please install them, then try again`);
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

function buildTypeScript() {
  const inputs = ['src', 'tsconfig.json', 'tsconfig.build.json', 'node_modules/.nmcap-setup'];
  upToDate('dist/.nmcap-setup', inputs, () => {
    console.error('setup: TypeScript');
    // Otherwise the output of sources that have moved would be packed, too.
    rmSync('dist', { recursive: true, force: true });
    run('node_modules/.bin/tsc', ['-p', 'tsconfig.build.json']);
  });
}

installSystemPackages(
  process.argv.includes('--with-test-oracles') ? [...SYSTEM, ...ORACLES] : SYSTEM,
);
installNpmPackages();
run(process.execPath, ['scripts/build-addon.mjs']);
buildTypeScript();
