import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { nmcap } from '../support/nmcap.js';

const folder = temporaryFolder();

/** A forged line; text turned around; other ways to begin a line; a C1 control; a tag. */
const HARMFUL =
  'x\nnmcap: forged\u202e\u2066\u2028\u2029\u200f\u0085\u009b31m\u{e0041}\u001b[31m\r';

describe('text that messages quote', () => {
  const filterFile = path.join(folder, 'filter');
  writeFileSync(filterFile, HARMFUL);
  const notSavefile = path.join(folder, HARMFUL.replaceAll('/', ''));
  writeFileSync(notSavefile, 'no savefile');
  const quoting: Record<string, string[]> = {
    'a port': [HARMFUL],
    "a simulated port's option": [`sim:em0@${HARMFUL}=1`],
    "a simulated port's value": [`sim:em0@rate=${HARMFUL}`],
    'a file to replay': [`sim:em0@replay=${HARMFUL}`],
    'a filter': ['sim:em0', HARMFUL],
    'a filter that is compiled': ['--dump-filter', HARMFUL],
    "a filter's file": ['sim:em0', '-F', filterFile],
    'the name of a missing filter file': ['sim:em0', '-F', HARMFUL],
    'two filters': ['sim:em0', '-F', filterFile, HARMFUL],
    'a file to read': ['-r', HARMFUL],
    'a file that is no savefile': ['-r', notSavefile],
    'a file that looks like a port': [`${HARMFUL.replaceAll('\n', '')}.pcap`],
    'a file to write': ['sim:em0', '-w', `/no/${HARMFUL}`],
    'a file for the statistics': ['sim:em0', '--stats-json', `/no/${HARMFUL}`],
    'a field': ['sim:em0', '--fields', HARMFUL],
    'an option': [`--${HARMFUL}`],
    'a short option': [`-?${HARMFUL}`],
    'a choice': ['sim:em0', '--color', HARMFUL],
    'a number': ['sim:em0', '-c', HARMFUL],
    'a direction': ['sim:em0', '-d', HARMFUL],
  };
  for (const [kind, args] of Object.entries(quoting)) {
    it(`shows nothing but itself: ${kind}`, () => {
      const run = nmcap(args);
      assert.notEqual(run.status, 0);
      const { stderr } = run;
      assert.match(stderr, /nmcap: /);
      assert.doesNotMatch(stderr, /^nmcap: forged/m);
      assert.doesNotMatch(stderr, /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u);
      for (const line of stderr.trimEnd().split('\n')) assert.match(line, /^(nmcap: | {4})/);
      assert.doesNotMatch(stderr, /internal error/);
    });
  }
});
