import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';

describe('the native tests', () => {
  it('pass plain, under ThreadSanitizer, and under AddressSanitizer with UBSan', () => {
    const script = path.join(import.meta.dirname, 'run.sh');
    const { status, stdout, stderr } = spawnSync('sh', [script], { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
    const closing = stdout.match(/^(== .*|native tests: .*)$/gm)?.join('\n') ?? '';
    assert.match(
      closing,
      /^== plain\nnative tests: ([1-9]\d*) passed, 0 failed\n== thread\n.*: \1 passed, 0 failed\n== address\n.*: \1 passed, 0 failed$/,
    );
  });
});
