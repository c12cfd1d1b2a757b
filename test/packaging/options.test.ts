import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { createCommand, optionNames } from '../../src/cli/command.js';
import { nmcap } from '../support/nmcap.js';
import { type OtherProgram, programOptions, shownOptions } from '../support/program-options.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MANUAL = readFileSync(path.join(ROOT, 'man/nmcap.1'), 'utf8');
const README = readFileSync(path.join(ROOT, 'README.md'), 'utf8');

const COMMAND = createCommand({ t: 0, v: 0, x: 0, X: 0 }, () => undefined);
const HIDDEN = COMMAND.options.flatMap(({ hidden, long }) => (hidden ? (long ?? []) : []));
const KNOWN = optionNames(COMMAND);
/** Every name of every option that is shown, sorted. */
const SHOWN = KNOWN.filter((name) => !HIDDEN.includes(name)).toSorted();

/** The names after `Fl` in lines such as `.It Fl i Ar port , Fl -interface Ar port`. */
function namesIn(item: string): string[] {
  return [...item.matchAll(/(?:^|, )Fl (\S+)/g)].map(([, name = '']) => `-${name}`);
}

/** The items of the manual from one place to another. */
function items(from: string, to: string): string[] {
  const start = MANUAL.indexOf(from);
  assert.ok(start > 0, from);
  const text = MANUAL.slice(start, MANUAL.indexOf(to, start));
  return [...text.matchAll(/^\.It (Fl .*)$/gm)].map(([, item = '']) => item);
}

describe('the options that nmcap has', () => {
  it('are those of --help', () => {
    assert.ok(SHOWN.length > 80);
    assert.deepEqual(shownOptions(), SHOWN);
  });

  it('are those of the manual', () => {
    const names = items('\nThe options are:\n', '\n.Ss Running as root').flatMap(namesIn);
    assert.deepEqual(names.toSorted(), SHOWN);
  });

  it('are those of the completions, in each shell', () => {
    const script = (shell: string) => nmcap(['completion', shell]).stdout;
    const bash = /candidates=\$'(-i\\n.*)'$/m.exec(script('bash'))?.[1]?.split('\\n');
    assert.deepEqual(bash?.toSorted(), SHOWN);
    const zsh = [...script('zsh').matchAll(/^ {4}'(?:\*|\(.*?\))(-[^[=+]+)/gm)];
    assert.deepEqual(zsh.map(([, name]) => name).toSorted(), SHOWN);
    const fish = [...script('fish').matchAll(/^complete -c nmcap (-[sl] .*)$/gm)].flatMap(
      ([, line = '']) => [
        ...[/^-s '(.)'/.exec(line)].flatMap((found) => (found === null ? [] : `-${found[1]}`)),
        ...[/-l (\S+)/.exec(line)].flatMap((found) => (found === null ? [] : `--${found[1]}`)),
      ],
    );
    assert.deepEqual(fish.toSorted(), SHOWN);
  });

  it('are those of README.md', () => {
    const [, section = ''] = /\n## Options\n([^]*?)\n## /.exec(README) ?? [];
    const cells = [...section.matchAll(/`(-[^`]+)`/g)];
    const names = cells.flatMap(([, cell = '']) => cell.split(' '));
    assert.deepEqual(names.toSorted(), SHOWN);
  });
});

describe("the manual's table of other programs' options", () => {
  const rows = items('\n.Sh COMPATIBILITY\n', '\n.Sh SEE ALSO').map((item) => {
    const [names = '', tcpdump = '', dumpcap = '', text = ''] = item.split(' Ta ');
    return { names: namesIn(names), tcpdump, dumpcap, text };
  });

  for (const program of ['tcpdump', 'dumpcap'] as const satisfies readonly OtherProgram[]) {
    it(`has every option of ${program}`, () => {
      const options = programOptions(program);
      for (const option of options) {
        const row = rows.find(({ names }) => names.includes(option));
        assert.ok(row !== undefined && row[program] !== '\\-', option);
      }
      for (const { names, [program]: cell } of rows) {
        if (cell === '\\-') assert.ok(!names.some((name) => options.includes(name)), names.join());
      }
    });
  }

  it('has what is the same here, what differs, and what is absent', () => {
    assert.ok(rows.length > 60);
    for (const { names, tcpdump, dumpcap, text } of rows) {
      const cells = new Set([tcpdump, dumpcap]);
      for (const cell of cells) assert.match(cell, /^(same|differs|absent|\\-)$/, names.join());
      const known = names.filter((name) => KNOWN.includes(name));
      assert.deepEqual(known, cells.has('absent') ? [] : names);
      assert.notEqual(text, '');
    }
  });

  it('has every spelling that --help does not show', () => {
    const mentioned = rows.flatMap(({ names }) => names);
    for (const name of HIDDEN) {
      const isTsharks = MANUAL.includes(`\n.Fl ${name.slice(1)} ,\n`);
      assert.ok(mentioned.includes(name) || isTsharks, name);
    }
  });
});
