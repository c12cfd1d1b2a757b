import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { parseCommandLine } from '../../../src/cli/parse.js';
import type { RecorderOptions } from '../../../src/monitor/options.js';

async function recorderOf(...words: string[]): Promise<RecorderOptions | undefined> {
  const options = await parseCommandLine(['em0', ...words], false);
  assert.equal(options.task, 'capture');
  assert.equal(options.input.kind, 'monitor');
  return options.input.recorder;
}

describe('the options of a flight recorder', () => {
  const values: [text: string, before: RecorderOptions['before']][] = [
    ['30', { seconds: 30 }],
    ['30s', { seconds: 30 }],
    ['0.5', { seconds: 0.5 }],
    ['100M', { bytes: 100 * 2 ** 20 }],
    ['512k', { bytes: 512 * 2 ** 10 }],
    ['2G', { bytes: 2 * 2 ** 30 }],
  ];
  for (const [text, before] of values) {
    it(`keep ${text}`, async () => {
      assert.deepEqual(await recorderOf('-w', 'a', '--before', text), {
        before,
        trigger: undefined,
        after: 10,
      });
    });
  }

  it('have a filter and a time of quiet', async () => {
    const words = ['-w', 'a', '--before', '3', '--trigger', 'udp port 53', '--after', '2.5'];
    const recorder = await recorderOf(...words);
    assert.deepEqual(recorder, { before: { seconds: 3 }, trigger: 'udp port 53', after: 2.5 });
  });

  it('have files that follow one another', async () => {
    const words = ['em0', '-w', 'a', '--before', '3', '-W', '4', '--keep', '2'];
    const options = await parseCommandLine(words, false);
    assert.equal(options.task, 'capture');
    assert.deepEqual(options.rotation, {
      size: undefined,
      period: undefined,
      keep: 2,
      fileLimit: 4,
    });
  });

  const mistakes: [line: string, message: RegExp][] = [
    ['-w a --trigger udp', /--trigger needs --before/],
    ['-w a --after 3', /--after needs --before/],
    ['--before 3', /--before needs a savefile/],
    ['--before 3 -w -', /--before and '-w -' cannot be combined/],
    ['--before 3 -w a --print', /--before prints no packets/],
    ['--before 3 -w a --json', /--before prints no packets/],
    ['--before 3 -w a --output b', /--before prints no packets/],
    ['--before 3 -w a -G 60', /-G and --before cannot be combined/],
    ['--before 3m5 -w a', /expected seconds, as 30 or 30s, or a size/],
    ['--before 0 -w a', /expected seconds, as 30 or 30s, or a size/],
    ['--before 1.5M -w a', /expected seconds, as 30 or 30s, or a size/],
    ['--before 4G -w a', /need 4128 MiB/],
    ['--before 9 -B 2048 -w a', /need 4096 MiB/],
    ['--before 3 -r b -w a', /--before .* cannot be used with option '-r/],
  ];
  for (const [line, message] of mistakes) {
    it(`are refused: ${line}`, async () => {
      await assert.rejects(recorderOf(...line.split(' ')), { code: 'NM_USAGE', message });
    });
  }
});
