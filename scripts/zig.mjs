// zig, the C++ compiler that carries FreeBSD's headers and knows what is in FreeBSD's libc.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const CACHE = fileURLToPath(new URL('../node_modules/.cache/zig', import.meta.url));
const REQUIREMENTS = fileURLToPath(new URL('zig.txt', import.meta.url));

/** The first release with FreeBSD's libc is 0.15. */
const VERSION = /^(?:0\.(?:1[5-9]|[2-9]\d)|[1-9]\d*)\./;

/** What zig keeps of one run for the next one. */
export const ZIG_ENVIRONMENT = {
  ZIG_GLOBAL_CACHE_DIR: path.join(CACHE, 'cache'),
  ZIG_LOCAL_CACHE_DIR: path.join(CACHE, 'cache'),
};

/**
 * The zig to use: that on the PATH, or PyPI's, which is installed below node_modules unless it is
 * already.
 *
 * @throws Error where it is neither here nor to be had
 */
export function findZig() {
  const installed = path.join(CACHE, 'ziglang/zig');
  const found = ['zig', installed].find(isNewEnough);
  if (found !== undefined) return found;
  install();
  if (!isNewEnough(installed)) throw new Error("PyPI's zig does not run on this machine");
  return installed;
}

function isNewEnough(zig) {
  const { stdout } = spawnSync(zig, ['version'], { encoding: 'utf8' });
  return VERSION.test(stdout ?? '');
}

/** In one step, so that an installation that was interrupted is not taken for a whole one. */
function install() {
  console.error('setup: zig, from PyPI');
  const made = path.join(CACHE, `new-${process.pid}`);
  const place = path.join(CACHE, 'ziglang');
  mkdirSync(made, { recursive: true });
  try {
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps'];
    const what = ['--only-binary', ':all:', '--require-hashes', '--requirement', REQUIREMENTS];
    const { status, error, stderr } = spawnSync('python3', [...pip, ...what, '--target', made], {
      encoding: 'utf8',
      env: { ...process.env, PIP_ROOT_USER_ACTION: 'ignore' },
    });
    if (status !== 0) {
      const lines = (error?.message ?? stderr).trim().split('\n');
      throw new Error(`pip cannot install ziglang: ${lines.at(-1)}`);
    }
    if (existsSync(place)) rmSync(place, { recursive: true });
    renameSync(path.join(made, 'ziglang'), place);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}
