// Compiles the native code for FreeBSD, every file and every warning an error, and links the addon.
//
//   npm run check:freebsd [-- [--quick] [ARCHITECTURE ...]]
//
// --quick, for `npm test`, leaves out the native code of test/ and bench/, and does not find a file
// that lacks an #include. docs/freebsd.md has what is checked by this, and what is not.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { findZig, ZIG_ENVIRONMENT } from './zig.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BUILD = path.join(ROOT, 'build/freebsd');
/** The oldest release that is still supported. */
const RELEASE = 'freebsd.14.2';

const ARCHITECTURES = ['x86_64', 'aarch64'];
/** Which also compiles what does not depend on the architecture. */
const [FIRST] = ARCHITECTURES;

const ADDON = ['native', 'test/addon'];
const OTHERS = ['test/native', 'bench/native'];

/** Headers that are not FreeBSD's libc's; those of this machine's packages do as well. */
const LIBRARY_HEADERS = ['pcap', 'pcap.h', 'zstd.h', 'zstd_errors.h', 'zlib.h', 'zconf.h'];
const LIBRARIES = ['libpcap.so', 'libzstd.so', 'libz.so'];

/** Undefined in an addon because FreeBSD's libc++, libcxxrt and libgcc_s have it. */
const RUNTIME =
  /^(?:_ZN?[KVr]*S|_ZT[ISV]N?K?S|_ZT[ISV]N?10__cxxabiv1|_ZT[ISV][a-z]|_Z(?:n|d)[aw]|_ZdlPv|_ZdaPv|__cxa_|_Unwind_|__gxx_personality_v0$|__dynamic_cast$)/;

function fail(message) {
  console.error(`check:freebsd: ${message}`);
  process.exit(1);
}

function sourcesIn(folders) {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true })
      .filter((name) => name.endsWith('.cc'))
      .map((name) => path.join(folder, name)),
  );
}

/** Beside node, or where node-gyp has put them to build the addon. */
function nodeHeaders() {
  const cache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
  const places = [
    path.resolve(process.execPath, '../../include/node'),
    path.join(cache, 'node-gyp', process.versions.node, 'include/node'),
  ];
  const found = places.find((place) => existsSync(path.join(place, 'node_api.h')));
  return found ?? fail(`Node's headers are in none of ${places.join(', ')}`);
}

/** A folder with the headers of the libraries and nothing else of this machine's. */
function libraryHeaders() {
  const folder = path.join(BUILD, 'include');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of LIBRARY_HEADERS) {
    const header = path.join('/usr/include', name);
    if (!existsSync(header)) fail(`${header} is not there: 'npm run setup' installs it`);
    symlinkSync(header, path.join(folder, name));
  }
  return folder;
}

function compilerFlags(architecture) {
  const folders = ['native', 'test/addon', 'test/native', 'bench/native'];
  return [
    ...['c++', '-target', `${architecture}-${RELEASE}`, '-std=c++17', '-fPIC', '-O0', '-g0'],
    ...['-Wall', '-Wextra', '-Werror', '-fno-sanitize=undefined'],
    ...['-DNMCAP_TEST_PORT', '-DNAPI_CPP_EXCEPTIONS', '-DNODE_ADDON_API_CPP_EXCEPTIONS_ALL'],
    ...['-DNODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS', '-DBUILDING_NODE_EXTENSION'],
    ...folders.map((folder) => `-I${folder}`),
    ...['-isystem', 'node_modules/node-addon-api', '-isystem', nodeHeaders()],
    ...['-isystem', libraryHeaders()],
  ];
}

/** Runs zig; what it prints is printed. Whether it succeeded. */
function zigSucceeds(zig, args) {
  const child = spawn(zig, args, {
    cwd: ROOT,
    env: { ...process.env, ...ZIG_ENVIRONMENT },
    stdio: ['ignore', 2, 2],
  });
  return new Promise((resolve) => {
    child.on('close', (status) => {
      resolve(status === 0);
    });
  });
}

function objectOf(source, architecture) {
  return path.join(BUILD, architecture, `${source.replaceAll('/', '-')}.o`);
}

/** Compiles the files, as many at a time as there are processors; those that failed. */
async function compile(zig, sources, architecture, flags) {
  const failed = [];
  const waiting = [...sources];
  const worker = async () => {
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
      const args = [...flags, '-c', source, '-o', objectOf(source, architecture)];
      if (!(await zigSucceeds(zig, args))) failed.push(source);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return failed;
}

/** Parses the C++ library and Node's headers; the flags by which other files use that. */
async function precompile(zig, sources, architecture, flags) {
  const { stdout } = spawnSync('grep', ['-hoE', '^#include <(napi\\.h|[a-z_]+)>$', ...sources], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const header = path.join(BUILD, architecture, 'all.h');
  const lines = [...new Set(stdout.split('\n'))].sort().join('\n');
  writeFileSync(header, lines);
  const made = `${header}.pch`;
  // zig may hand out what it has made of the same header before, whose file was another one.
  const how = ['-Xclang', '-fno-pch-timestamp', '-x', 'c++-header'];
  if (!(await zigSucceeds(zig, [...flags, ...how, header, '-o', made]))) {
    fail(`the headers cannot be compiled for ${architecture}`);
  }
  return [...flags, '-include-pch', made];
}

function namesIn(file, which) {
  const { status, stdout, stderr } = spawnSync('nm', ['-D', which, file], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) fail(`nm ${file}: ${stderr}`);
  return stdout.split('\n').flatMap((line) => line.split(' ').at(-1) || []);
}

/** What Node and the libraries export on this machine, where FreeBSD's cannot be asked. */
function exportedNames() {
  const libraries = LIBRARIES.map((name) =>
    spawnSync('c++', [`-print-file-name=${name}`], { encoding: 'utf8' }).stdout.trim(),
  );
  const names = [process.execPath, ...libraries].flatMap((file) => namesIn(file, '--defined-only'));
  return new Set(names.map((name) => name.replace(/@.*/, '')));
}

/**
 * Links the addon with FreeBSD's libc, libm and libthr, as zig knows them; a name of theirs has a
 * version then. The names that are in none of these, nor in what is there when Node loads the addon.
 */
async function link(zig, sources, architecture) {
  const addon = path.join(BUILD, architecture, 'nmcap.node');
  const target = ['c++', '-target', `${architecture}-${RELEASE}`, '-shared', '-nostdlib++'];
  const objects = sources.map((source) => objectOf(source, architecture));
  if (
    !(await zigSucceeds(zig, [
      ...target,
      '-g0',
      '-fno-sanitize=undefined',
      ...objects,
      '-o',
      addon,
    ]))
  ) {
    fail(`the addon cannot be linked for ${architecture}`);
  }
  const exported = exportedNames();
  return namesIn(addon, '--undefined-only').filter(
    (name) => !name.includes('@') && !RUNTIME.test(name) && !exported.has(name),
  );
}

/**
 * `quick`: the C++ library and Node's headers are parsed once for all files, which takes half as long.
 * Otherwise each file has only what it includes itself, on one architecture: the headers are the same
 * on the other.
 */
async function check(zig, architecture, quick) {
  rmSync(path.join(BUILD, architecture), { recursive: true, force: true });
  mkdirSync(path.join(BUILD, architecture), { recursive: true });
  const addon = sourcesIn(ADDON);
  const alone = architecture === FIRST && !quick;
  const sources = alone ? [...addon, ...sourcesIn(OTHERS)] : addon;
  const own = compilerFlags(architecture);
  const flags = alone ? own : await precompile(zig, addon, architecture, own);
  const failed = await compile(zig, sources, architecture, flags);
  if (failed.length > 0) fail(`${architecture}: ${failed.sort().join(', ')} cannot be compiled`);
  const missing = await link(zig, addon, architecture);
  if (missing.length > 0) fail(`${architecture}: nothing defines ${missing.join(', ')}`);
  console.log(`check:freebsd: ${architecture}: ${sources.length} files compiled, addon linked`);
}

const words = process.argv.slice(2);
const named = words.filter((word) => word !== '--quick');
const unknown = named.find((word) => !ARCHITECTURES.includes(word));
if (unknown !== undefined) fail(`${unknown} is none of ${ARCHITECTURES.join(', ')}`);
let zig;
try {
  zig = findZig();
} catch (error) {
  fail(error.message);
}
for (const architecture of named.length > 0 ? named : ARCHITECTURES) {
  await check(zig, architecture, words.includes('--quick'));
}
