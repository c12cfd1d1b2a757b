import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '../..');

function succeeds(command: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  assert.equal(status, 0, stdout + stderr);
}

function tool(name: string, ...args: string[]): void {
  succeeds(path.join(ROOT, 'node_modules/.bin', name), ...args);
}

describe('style', () => {
  it('passes eslint', () => {
    tool('eslint', '--max-warnings', '0', '.');
  });
  it('is as prettier formats it', () => {
    tool('prettier', '--check', '.');
  });
  it('is as clang-format formats the native code', () => {
    succeeds('sh', 'scripts/format-native.sh', '--check');
  });
  it('type-checks with the tests', () => {
    tool('tsc', '--noEmit', '-p', '.');
  });
});
