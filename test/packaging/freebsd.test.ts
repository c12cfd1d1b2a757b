import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** scripts/zig.mjs is plain JavaScript, so that it runs without the project's packages. */
interface Zig {
  findZig: () => string;
}

const { findZig } = (await import(path.join(ROOT, 'scripts/zig.mjs'))) as Zig;

/** Why zig cannot be had, where it cannot. */
function lack(): string | false {
  try {
    findZig();
    return false;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('the native code, compiled and linked for FreeBSD', { skip: lack() }, () => {
  for (const architecture of ['x86_64', 'aarch64']) {
    it(`has no warning and lacks nothing on ${architecture}`, () => {
      const script = ['scripts/check-freebsd.mjs', '--quick', architecture];
      const { status, stdout, stderr } = spawnSync(process.execPath, script, {
        cwd: ROOT,
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
      assert.match(stdout, /^check:freebsd: \w+: \d\d files compiled, addon linked$/m);
    });
  }
});
