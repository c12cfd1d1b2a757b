import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { liveLine, plainLine, type Progress, progressOf } from '../../../src/status/live-line.js';
import type { Rate } from '../../../src/status/rates.js';
import { directionStats } from '../../support/stats.js';

const WIDE = { width: 160, colour: false, unicode: true };
const RISING = Array.from({ length: 60 }, (_, second) => second * 1e6);

const rate = (frames: number, bits: number, history: readonly number[] = RISING): Rate => ({
  framesPerSecond: frames,
  bitsPerSecond: bits,
  history,
});

function progress(changes: Partial<Progress> = {}): Progress {
  return {
    elapsed: 754.9,
    inbound: rate(812, 980_123),
    outbound: rate(14_880_952, 9.523e9),
    discarded: 0,
    ringFull: 0,
    file: { name: '/captures/em0.pcapng', bytes: 1_234_567_890 },
    ...changes,
  };
}

describe('the live line', () => {
  it('has time, rates with their last minute, and the file', () => {
    assert.equal(
      liveLine(progress(), WIDE),
      '00:12:34' +
        '  In   812/s  980 kbit/s ▂▂▂▃▃▃▄▄▅▅▅▆▆▆▇▇▇███' +
        '  Out 14.9M/s 9.52 Gbit/s ▂▂▂▃▃▃▄▄▅▅▅▆▆▆▇▇▇███' +
        '  em0.pcapng 1.23 GB',
    );
  });

  it('shows that a flight recorder waits for a trigger', () => {
    assert.match(liveLine(progress({ file: 'armed' }), WIDE), / {2}armed$/);
    assert.match(plainLine(progress({ file: 'armed' })), /; armed; discarded 0/);
  });

  it('has bars that are ASCII where the terminal has no others', () => {
    const line = liveLine(progress(), { ...WIDE, unicode: false });
    assert.match(line, /^[\x20-\x7e]*$/);
    assert.match(line, / \.\.\.---/);
  });

  it('narrows with the window, and is always shorter than that', () => {
    let previous = Infinity;
    for (let width = 160; width >= 0; width--) {
      for (const changes of [{}, { discarded: 12_345, ringFull: 7 }]) {
        const line = liveLine(progress(changes), { ...WIDE, width });
        assert.ok(line.length < Math.max(width, 1), `${width}: ${line}`);
      }
      const { length } = liveLine(progress(), { ...WIDE, width });
      assert.ok(length <= previous, `${width}`);
      previous = length;
    }
  });

  it('gives up the least important first', () => {
    const at = (width: number, changes: Partial<Progress> = {}) =>
      liveLine(progress(changes), { ...WIDE, width });
    assert.match(at(120), /[▁-█]{5}  em0\.pcapng 1\.23 GB$/);
    assert.match(at(80), /9\.52 Gbit\/s [▁-█]{5}  1\.23 GB$/);
    assert.match(at(70), /In   812\/s  980 kbit\/s  Out 14\.9M\/s 9\.52 Gbit\/s  1\.23 GB$/);
    assert.equal(at(42), '00:12:34  In  980 kbit/s  Out 9.52 Gbit/s');
    assert.equal(at(40), '00:12:34');
    assert.equal(at(40, { discarded: 12 }), '00:12:34  discarded 12');
    assert.equal(at(4), '00:');
  });

  it('shows losses in red, once there are any', () => {
    const lossy = progress({ discarded: 12, ringFull: 3 });
    const line = liveLine(lossy, { ...WIDE, colour: true });
    assert.ok(
      line.endsWith('  \u001b[31mdiscarded 12\u001b[39m  \u001b[31mring found full 3\u001b[39m'),
    );
    assert.ok(liveLine(lossy, WIDE).endsWith('  discarded 12  ring found full 3'));
    assert.ok(!liveLine(progress(), { ...WIDE, colour: true }).includes('\u001b'));
  });

  it('has a minute that fills from the right, and the lowest bar for nothing', () => {
    const spark = (history: readonly number[]) => {
      const line = liveLine(progress({ inbound: rate(0, 0, history) }), WIDE);
      return line.slice(line.indexOf('  Out') - 20, line.indexOf('  Out'));
    };
    assert.equal(spark([]), ' '.repeat(20));
    assert.equal(spark([5]), `${' '.repeat(19)}█`);
    assert.equal(spark([0, 0, 0, 0]), `${' '.repeat(18)}▁▁`);
    assert.equal(spark([1, 1, 1, 800, 800, 800]), `${' '.repeat(18)}▂█`);
  });

  it('keeps its places whatever the figures', () => {
    const places = [
      0, 9, 999.4, 999.5, 9994, 9996, 99_940, 99_960, 999_499, 999_500, 1e9, 1e13,
    ].map((value) => liveLine(progress({ inbound: rate(value, value) }), WIDE).indexOf('Out'));
    assert.deepEqual(new Set(places).size, 1);
    const figure = (value: number) =>
      /In +(\S+)\/s/.exec(liveLine(progress({ inbound: rate(value, 0) }), WIDE))?.[1];
    assert.deepEqual([999.4, 999.5, 9994, 9996, 99_940, 99_960, 999_499, 999_500].map(figure), [
      '999',
      '1.00k',
      '9.99k',
      '10.0k',
      '99.9k',
      '100k',
      '999k',
      '1.00M',
    ]);
  });

  it('counts days', () => {
    assert.match(liveLine(progress({ elapsed: 200_000 }), WIDE), /^2d 07:33:20 /);
  });

  it('shows no control characters of a name, and makes room for wide letters', () => {
    const name = '\u001b[2J\u202e界界界界界界界界界界.pcapng';
    const line = liveLine(progress({ file: { name, bytes: 0 } }), WIDE);
    assert.ok(line.includes('?[2J?界'));
    const at = (width: number) =>
      liveLine(progress({ file: { name, bytes: 0 } }), { ...WIDE, width });
    const columns = line.length + 10;
    assert.equal(at(columns + 1), line);
    assert.notEqual(at(columns), line);
  });
});

describe('the line for logs', () => {
  it('has every figure', () => {
    assert.equal(
      plainLine(progress({ discarded: 12 })),
      '00:12:34: in 812 frames/s, 980 kbit/s; out 14880952 frames/s, 9.52 Gbit/s; /captures/em0.pcapng 1.23 GB; discarded 12, ring found full 0',
    );
    assert.ok(!plainLine(progress({ file: undefined })).includes('undefined'));
  });
});

describe('progress', () => {
  it('adds the losses of all rings and directions', () => {
    const ring = {
      interfaceId: 0,
      ring: 0,
      inbound: directionStats(1),
      outbound: directionStats(2),
    };
    const stats = { rings: [ring, ring], startedAt: undefined, endedAt: undefined };
    const rates = { inbound: rate(0, 0), outbound: rate(0, 0) };
    const { discarded, ringFull } = progressOf(stats, rates, 1, undefined);
    assert.deepEqual([discarded, ringFull], [5 * 6, 3 * 6]);
  });
});
