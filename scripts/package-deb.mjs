// Makes a Debian package of what npm installs: the program, the addon, the packages that it needs at
// run time, manual, completions and the systemd unit.
//
//   npm run package:deb [-- [--from FOLDER] [--to FOLDER]]
//
// --from: where npm has installed nmcap globally (PREFIX/lib/node_modules/nmcap); by default it is packed
// and installed into a temporary folder first. --to: where the package is put, by default here.
// The same sources and tools make the same package, byte for byte: its times are SOURCE_DATE_EPOCH, by
// default that of the last commit.
import { Buffer } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = path.resolve(import.meta.dirname, '..');
const DEBIAN = path.join(ROOT, 'packaging/debian');

/** What runs; npm installs also what is only for the build, and for reading. */
const PROGRAM = ['bin', 'dist', 'package.json', 'build/Release/nmcap.node'];
const RUN_TIME = ['chalk', 'commander', 'strftime'];
/** Of these packages: modules and what Node.js needs to find them. */
const MODULE = /(?:\.m?js|package\.json)$/;
const UNUSED = /(?:\/test|-min)\.js$/;

function fail(message) {
  console.error(`package:deb: ${message}`);
  process.exit(1);
}

/** What the command prints. */
function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
  });
  if (status !== 0) fail(`${command} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

/** Packs the clone and installs that, which compiles the addon without what only tests need. */
function install(folder) {
  run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT });
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  const prefix = path.join(folder, 'prefix');
  run('npm', ['install', '--global', '--prefix', prefix, path.join(folder, tarball)]);
  return path.join(prefix, 'lib/node_modules/nmcap');
}

/** Seconds since 1970. */
function sourceDate() {
  const given = process.env.SOURCE_DATE_EPOCH;
  if (given !== undefined) return Number(given);
  return Number(run('git', ['log', '-1', '--format=%ct'], { cwd: ROOT }));
}

/** Files below the package's root, with the folders that they need. */
class Tree {
  constructor(root) {
    this.root = root;
  }

  at(place) {
    const file = path.join(this.root, place);
    mkdirSync(path.dirname(file), { recursive: true });
    return file;
  }

  write(place, text, mode = 0o644) {
    writeFileSync(this.at(place), text, { mode });
  }

  copy(place, source, filter) {
    cpSync(source, this.at(place), { recursive: true, filter });
  }

  /** As policy 12.3 and 12.1 have it: without name and time in the header. */
  writeCompressed(place, text) {
    this.write(place, run('gzip', ['-9nc'], { input: Buffer.from(text), encoding: 'buffer' }));
  }
}

function addProgram(tree, installed) {
  const place = 'usr/lib/nmcap';
  for (const name of PROGRAM) tree.copy(`${place}/${name}`, path.join(installed, name));
  for (const name of RUN_TIME) {
    const source = path.join(installed, 'node_modules', name);
    const isNeeded = (file) =>
      statSync(file).isDirectory() || (MODULE.test(file) && !UNUSED.test(file));
    tree.copy(`${place}/node_modules/${name}`, source, isNeeded);
  }
  const addon = tree.at(`${place}/build/Release/nmcap.node`);
  run('strip', ['--strip-unneeded', addon]);
  chmodSync(addon, 0o644);
  symlinkSync('../lib/nmcap/bin/nmcap', tree.at('usr/bin/nmcap'));
}

function addCompletions(tree, installed) {
  const script = (shell) => run(path.join(installed, 'bin/nmcap'), ['completion', shell]);
  tree.write('usr/share/bash-completion/completions/nmcap', script('bash'));
  tree.write('usr/share/zsh/vendor-completions/_nmcap', script('zsh'));
  tree.write('usr/share/fish/vendor_completions.d/nmcap.fish', script('fish'));
}

function addDocuments(tree, version, date) {
  const read = (name) => readFileSync(path.join(ROOT, name));
  tree.writeCompressed('usr/share/man/man1/nmcap.1.gz', read('man/nmcap.1'));
  tree.write('usr/share/doc/nmcap/copyright', read('packaging/debian/copyright'));
  tree.writeCompressed('usr/share/doc/nmcap/changelog.gz', read('CHANGELOG.md'));
  const maintainer = /^Maintainer: (.*)$/m.exec(controlTemplate())[1];
  const day = run('date', ['--utc', '--rfc-email', `--date=@${date}`], {
    env: { ...process.env, LC_ALL: 'C' },
  }).trim();
  const entry = [
    `nmcap (${version}) unstable; urgency=medium`,
    '  * What has changed is in changelog.gz.',
    ` -- ${maintainer}  ${day}`,
  ];
  tree.writeCompressed('usr/share/doc/nmcap/changelog.Debian.gz', `${entry.join('\n\n')}\n`);
}

function addService(tree) {
  const unit = 'nmcap@.service';
  tree.copy(`lib/systemd/system/${unit}`, path.join(ROOT, 'packaging/systemd', unit));
  tree.copy('etc/default/nmcap', path.join(DEBIAN, 'nmcap.default'));
}

function controlTemplate() {
  return readFileSync(path.join(DEBIAN, 'control'), 'utf8');
}

/** The packages with the libraries that the addon is linked with. */
function libraries(folder, addon) {
  // It reads a source package's control file.
  mkdirSync(path.join(folder, 'debian'));
  writeFileSync(
    path.join(folder, 'debian/control'),
    'Source: nmcap\n\nPackage: nmcap\nArchitecture: any\n',
  );
  const printed = run('dpkg-shlibdeps', ['-O', addon], { cwd: folder });
  return /^shlibs:Depends=(.*)$/m.exec(printed)[1];
}

function addControl(tree, work, version, architecture) {
  const { engines } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const values = {
    VERSION: version,
    ARCHITECTURE: architecture,
    SIZE: run('du', ['-sk', '--apparent-size', tree.root]).split('\t')[0],
    NODE: engines.node.replace('>=', ''),
    LIBRARIES: libraries(work, tree.at('usr/lib/nmcap/build/Release/nmcap.node')),
  };
  const control = controlTemplate().replaceAll(/@([A-Z]+)@/g, (_, name) => values[name]);
  tree.write('DEBIAN/control', control);
  tree.write('DEBIAN/conffiles', '/etc/default/nmcap\n');
  for (const name of ['postinst', 'prerm', 'postrm']) {
    tree.write(`DEBIAN/${name}`, readFileSync(path.join(DEBIAN, name)), 0o755);
  }
  const sums = run('sh', ['-c', 'find usr lib etc -type f | LC_ALL=C sort | xargs md5sum'], {
    cwd: tree.root,
  });
  tree.write('DEBIAN/md5sums', sums);
}

/** Whatever the umask and the clone's modes were. */
function settle(folder, date) {
  run('chmod', ['-R', 'u=rwX,go=rX', folder]);
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = path.join(folder, name);
    if (existsSync(file)) utimesSync(file, date, date);
  }
}

const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
// Rather than once all has been compiled.
if (spawnSync('dpkg-shlibdeps', ['--version']).error !== undefined) {
  fail('there is no dpkg-shlibdeps: apt-get install dpkg-dev');
}
const work = mkdtempSync(path.join(tmpdir(), 'nmcap-deb-'));
try {
  const installed = values.from ?? install(work);
  const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
  const version = `${manifest.version}-1`;
  const date = sourceDate();
  const architecture = run('dpkg', ['--print-architecture']).trim();
  const tree = new Tree(path.join(work, 'root'));
  addProgram(tree, installed);
  addCompletions(tree, installed);
  addDocuments(tree, version, date);
  addService(tree);
  addControl(tree, work, version, architecture);
  settle(tree.root, date);
  const file = path.resolve(values.to ?? '.', `nmcap_${version}_${architecture}.deb`);
  // xz rather than what the distribution's dpkg prefers: every dpkg reads it.
  run('dpkg-deb', ['-Zxz', '--root-owner-group', '--build', tree.root, file], {
    env: { ...process.env, SOURCE_DATE_EPOCH: String(date) },
  });
  console.log(file);
} finally {
  rmSync(work, { recursive: true });
}
