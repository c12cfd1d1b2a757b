import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { createCommand, optionNames } from '../../../src/cli/command.js';
import { explainUnknownOption } from '../../../src/cli/unknown-option.js';
import { programOptions } from '../../support/program-options.js';

const KNOWN = optionNames(createCommand({ t: 0, v: 0, x: 0, X: 0 }, () => undefined));

describe('an option of another program', () => {
  for (const program of ['tcpdump', 'dumpcap', 'tshark'] as const) {
    it(`is known, or explains itself in a line: ${program}`, () => {
      const options = programOptions(program);
      assert.ok(options.length > 30, options.join());
      for (const option of options) {
        if (KNOWN.includes(option)) continue;
        const line = explainUnknownOption(option, KNOWN);
        assert.match(line, /^(tcpdump|dumpcap|tshark)'s -\S+ is not an option here: .*[^.]$/);
      }
    });
  }

  it('is explained with a value attached, too', () => {
    for (const word of ['-Tfields', '-Eheader=y', '--log-level=debug', '-Ytcp.port==80']) {
      assert.match(explainUnknownOption(word, KNOWN), /is not an option here: /);
    }
  });
});

describe('a misspelt option', () => {
  const cases: [word: string, meant: string][] = [
    ['--jsn', '--json'],
    ['--filed', '--fields'],
    ['--colour', '--color'],
    ['--durration=3', '--duration'],
    ['--realtme', '--realtime'],
    ['--stast-json', '--stats-json'],
    ['--pirnt', '--print'],
    ['--zero', '--zero-copy'],
    ['--snapshot', '--snapshot-length'],
    ['--snaplen=96', '--snapshot-length'],
    ['--on-rotation', '--on-rotate'],
  ];
  for (const [word, meant] of cases) {
    it(`proposes the nearest: ${word}`, () => {
      const line = explainUnknownOption(word, KNOWN);
      assert.equal(line, `unknown option '${word}' (Did you mean ${meant}?)`);
    });
  }

  it('proposes nothing where nothing is near', () => {
    for (const word of ['--frobnicate', '--x', '-%', '--saw']) {
      assert.equal(explainUnknownOption(word, KNOWN), `unknown option '${word}'`);
    }
  });
});
