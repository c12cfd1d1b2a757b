import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { nmcap } from '../support/nmcap.js';

const help = nmcap(['--help']).stdout;

/** The options below each heading, by their first name. */
function groups(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let options: string[] = [];
  for (const line of help.split('\n')) {
    const [, heading] = /^([A-Z].*):$/.exec(line) ?? [];
    if (heading !== undefined) found.set(heading, (options = []));
    const [, option] = /^ {2,6}(-\S+?),?(?: |$)/.exec(line) ?? [];
    if (option !== undefined) options.push(option);
  }
  return found;
}

describe('--help', () => {
  it('fits on a terminal of 80 columns', () => {
    for (const line of help.split('\n')) assert.ok(line.length <= 80, line);
    const { stdout } = nmcap(['--help'], { COLUMNS: '200' });
    assert.equal(stdout, help);
  });

  it('has options in groups, and examples at the end', () => {
    const found = groups();
    assert.deepEqual(
      [...found.keys()],
      [
        ...['Port', 'Selection', 'Output', 'Display', 'Recording'],
        ...["Accepted for tcpdump's sake, without effect", 'About', 'Examples'],
      ],
    );
    const first = (heading: string) => found.get(heading)?.[0];
    assert.equal(first('Port'), '-i');
    assert.equal(first('Selection'), '-r');
    assert.equal(first('Output'), '-w');
    assert.equal(first('Display'), '-t');
    assert.equal(first('Recording'), '-C');
    assert.deepEqual(found.get('About'), ['--version', '-h']);
    const options = [...found.values()].flat();
    assert.equal(new Set(options).size, options.length);
    assert.ok(options.length > 60);
  });

  it('has a description for every option, in one column', () => {
    const lines = help.slice(0, help.indexOf('\nExamples:')).split('\n');
    const options = lines.flatMap((line, at) => (/^ {2,6}-/.test(line) ? [at] : []));
    for (const at of options) {
      const described = (lines[at] ?? '').length > 32 ? lines[at] : lines[at + 1];
      assert.match(described ?? '', /^.{32}[a-z(]/);
    }
  });
});
