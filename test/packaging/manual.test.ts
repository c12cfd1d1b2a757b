import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MANUAL = path.join(ROOT, 'man/nmcap.1');

describe('man/nmcap.1', () => {
  it('fits on a terminal of 80 columns', () => {
    const page = spawnSync('mandoc', ['-Tascii', '-O', 'width=78', MANUAL], { encoding: 'utf8' });
    // Bold is a character, a backspace and the character again.
    const lines = page.stdout.replaceAll(/.[\b]/g, '').split('\n');
    // An example is one line, as it is typed.
    const wide = lines.filter((line) => line.length > 80 && !/^ +nmcap /.test(line));
    assert.ok(lines.length > 500);
    assert.deepEqual(wide, []);
  });

  it('is clean under mandoc -Tlint', () => {
    const { stdout } = spawnSync('mandoc', ['-Tlint', MANUAL], { encoding: 'utf8' });
    // Which other manuals this machine has is not the manual's matter.
    const found = stdout
      .split('\n')
      .filter((line) => line !== '' && !line.includes('manual not found'));
    assert.deepEqual(found, []);
  });
});
