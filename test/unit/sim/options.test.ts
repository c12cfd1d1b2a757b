import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { NmcapError } from '../../../src/errors.js';
import { parsePortName } from '../../../src/monitor/port-name.js';
import { simulationOptions } from '../../../src/sim/options.js';

describe('simulationOptions', () => {
  it('has defaults', () => {
    assert.deepEqual(simulationOptions(parsePortName('sim:em0')), {
      rate: 1000,
      rings: 1,
      slots: 1024,
      seed: 1,
      length: undefined,
      replay: undefined,
      count: undefined,
    });
  });

  it('reads every option', () => {
    const text = 'sim:em0@rate=max,rings=2,slots=512,seed=7,length=60,count=9,replay=/a/b-c.pcap';
    assert.deepEqual(simulationOptions(parsePortName(text)), {
      rate: undefined,
      rings: 2,
      slots: 512,
      seed: 7,
      length: 60,
      replay: '/a/b-c.pcap',
      count: 9,
    });
  });

  const mistakes: [string, number, RegExp][] = [
    ['sim:em0@rate=fast', 13, /'rate': expected a whole number from 1/],
    ['sim:em0@rate=1,rings=0', 21, /'rings': expected/],
    ['sim:em0@length=59', 15, /'length': expected a whole number from 60/],
    ['sim:em0@speed=9', 8, /do not have the option 'speed'/],
  ];
  for (const [text, at, reason] of mistakes) {
    it(`points at the mistake in '${text}'`, () => {
      const port = parsePortName(text);
      assert.throws(
        () => simulationOptions(port),
        (error: unknown) => {
          assert.ok(error instanceof NmcapError);
          assert.match(error.message, reason);
          assert.deepEqual(error.excerpt, { text, at });
          return true;
        },
      );
    });
  }
});
