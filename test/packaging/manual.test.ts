import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { nmcap } from '../support/nmcap.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MANUAL = path.join(ROOT, 'man/nmcap.1');

describe('man/nmcap.1', () => {
  it('is clean under mandoc -Tlint', () => {
    const { stdout } = spawnSync('mandoc', ['-Tlint', MANUAL], { encoding: 'utf8' });
    // Which other manuals this machine has is not the manual's matter.
    const found = stdout
      .split('\n')
      .filter((line) => line !== '' && !line.includes('manual not found'));
    assert.deepEqual(found, []);
  });

  it('documents every option of --help, and no other', () => {
    const help = nmcap(['--help']).stdout;
    const inHelp = [...help.matchAll(/^ {2,6}(-\S+?)(?:, (--\S+))?(?: |$)/gm)].flatMap(
      ([, short = '', long]) => (long === undefined ? [short] : [short, long]),
    );
    const manual = readFileSync(MANUAL, 'utf8');
    const inManual = [...manual.matchAll(/^\.It Fl (.*)$/gm)].flatMap(([, line = '']) =>
      [...` , Fl ${line}`.matchAll(/ , Fl (\S+)/g)].map(([, name = '']) => `-${name}`),
    );
    assert.ok(inHelp.length > 15);
    assert.deepEqual(inManual.toSorted(), inHelp.toSorted());
  });
});
