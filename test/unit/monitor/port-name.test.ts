import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import { NmcapError } from '../../../src/errors.js';
import { parsePortName, type PortName } from '../../../src/monitor/port-name.js';
import { printable } from '../../../src/printable.js';

const PLAIN = { monitorRx: false, monitorTx: false, zeroCopy: false, exclusive: false };

describe('parsePortName', () => {
  const cases: [string, Partial<PortName>][] = [
    ['em0', { device: 'kernel', kernelName: 'em0', rings: { kind: 'nic' }, flags: PLAIN }],
    ['netmap:em0', { kernelName: 'em0' }],
    ['netmap:em0-3', { kernelName: 'em0', rings: { kind: 'one-nic', ring: 3 } }],
    ['em0^', { rings: { kind: 'host' } }],
    ['em0^1', { rings: { kind: 'one-host', ring: 1 } }],
    ['em0*', { rings: { kind: 'nic+host' } }],
    ['em0/rt', { flags: { ...PLAIN, monitorRx: true, monitorTx: true } }],
    ['em0-0/xzRT', { flags: { ...PLAIN, zeroCopy: true, exclusive: true } }],
    ['em0@7', { memoryId: 7 }],
    ['netmap:em0*/rtz@7@conf:slots=4096', { memoryId: 7, slots: 4096 }],
    ['em0@conf:rx-slots=512', { slots: 512 }],
    ['em0.100', { kernelName: 'em0.100' }],
    ['vale0:a', { kernelName: 'vale0:a', isSwitch: false }],
    ['vale0:', { kernelName: 'vale0:', isSwitch: true, rings: { kind: 'nic' } }],
    ['netmap:vale0:/tz', { kernelName: 'vale0:', isSwitch: true }],
    ['sim:vale0:@rate=5', { device: 'simulated', kernelName: 'vale0:', isSwitch: true }],
    ['vale0:abcdefghijklmno{pipe12345678', { kernelName: 'vale0:abcdefghijklmno{pipe12345678' }],
    ['vale_switch_nam:a', { kernelName: 'vale_switch_nam:a' }],
    ['em0@conf:slots=2', { slots: 2 }],
    ['em0@conf:slots=5000', { slots: 5000 }],
    ['vale:1', { kernelName: 'vale:1' }],
    ['vale_x1:br{7/t', { kernelName: 'vale_x1:br{7', flags: { ...PLAIN, monitorTx: true } }],
    ['netmap:em0}left', { kernelName: 'em0}left' }],
    ['sim:em0', { device: 'simulated', kernelName: 'em0' }],
    ['sim:vale0:a', { device: 'simulated', kernelName: 'vale0:a' }],
    ['sim:em0-1/t', { device: 'simulated', rings: { kind: 'one-nic', ring: 1 } }],
  ];
  for (const [text, expected] of cases) {
    it(`reads ${text}`, () => {
      const parsed = parsePortName(text);
      for (const [key, value] of Object.entries(expected)) {
        assert.deepEqual(parsed[key as keyof PortName], value, key);
      }
    });
  }

  const mistakes: [string, number, RegExp][] = [
    ['', 0, /empty/],
    ['netmap:', 7, /empty/],
    ['-0', 0, /empty/],
    ['em0-', 4, /expected a ring number/],
    ['em0-x', 4, /expected a ring number/],
    ['br-lan', 3, /expected a ring number/],
    ['em0-4095', 4, /so many rings/],
    ['em0/', 4, /expected flags/],
    ['em0/rq', 5, /unknown flag .q./],
    ['em0^^', 4, /unexpected '\^'/],
    ['em0@0', 4, /memory id/],
    ['em0@', 4, /unknown option ''/],
    ['em0@1x', 5, /unexpected 'x'/],
    ['em0@share=em1', 4, /for opening a port/],
    ['em0@conf:rings=2', 9, /cannot set 'rings'/],
    ['em0@conf:slots', 14, /expected '='/],
    ['em0@conf:slots=0', 15, /never holds a frame/],
    ['em0@conf:slots=1', 15, /never holds a frame/],
    ['em0@conf:rx-slots=4294967296', 18, /no ring is that large/],
    ['vale0:abcdefghijklmnop', 21, /VALE port's name has 15 characters/],
    ['netmap:vale0:abcdefghijklmnop{1', 28, /VALE port's name has 15 characters/],
    ['vale_switch_name:a', 15, /switch's name has 15 characters/],
    ['em0@conf:slots=', 15, /expected a number/],
    ['bridge0:a', 0, /unknown prefix .bridge0:./],
    ['vale-0:a', 4, /port of the switch is missing/],
    ['vale0', 5, /port of the switch is missing/],
    ['vale0:-0', 6, /the rings of a whole switch cannot be chosen/],
    ['vale0:^', 6, /the rings of a whole switch cannot be chosen/],
    ['vale0:{1', 6, /the pipe's parent is missing/],
    ['vale0:a{', 8, /id is missing/],
    ['em0{1{2', 4, /letters, digits/],
    ['{1', 0, /parent is missing/],
    ['e'.repeat(64), 63, /longer than 63/],
    ['em 0', 0, /printable/],
    ['sim:em0@', 8, /expected an option/],
    ['sim:em0@rate', 12, /expected '='/],
    ['sim:em0@rate=1,rate=2', 15, /given twice/],
    ['sim:em0,rate=5', 7, /options follow an '@'/],
    ['sim:em0?rate=5', 7, /options follow an '@'/],
    ['sim:em0:rate=5', 7, /options follow an '@'/],
  ];
  for (const [text, at, reason] of mistakes) {
    it(`points at the mistake in '${text}'`, () => {
      assert.throws(
        () => parsePortName(text),
        (error: unknown) => {
          assert.ok(error instanceof NmcapError);
          assert.equal(error.code, 'NM_BAD_PORT_NAME');
          assert.match(error.message, reason);
          assert.deepEqual(error.excerpt, { text, at });
          return true;
        },
      );
    });
  }

  it('answers anything with a port name or with its own error', () => {
    const pieces = fc.constantFrom(
      ...['netmap:', 'vale', 'sim:', 'em0', ':', '{', '}', '-', '^', '*', '/', '@', 'conf:', '='],
      ...['slots', '1', '70000', 'r', 'z', ',', '\u001b', 'ä'],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        try {
          const { kernelName } = parsePortName(parts.join(''));
          assert.match(kernelName, /^[\x21-\x7e]{1,63}$/);
        } catch (error) {
          assert.ok(error instanceof NmcapError && error.code === 'NM_BAD_PORT_NAME');
          const printed = printable(error.message);
          assert.doesNotMatch(printed, /\p{Cc}/u);
          assert.equal(printed.length, error.message.length);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
