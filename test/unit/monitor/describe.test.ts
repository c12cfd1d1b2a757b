import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { NativePort } from '../../../src/binding.js';
import { describeInterface } from '../../../src/monitor/describe.js';
import type { MonitorOptions } from '../../../src/monitor/options.js';
import { monitorOptions } from '../../support/monitor-options.js';

/** The interface of a monitor that was granted these rings. */
function described(
  name: string,
  rings: readonly number[],
  changes: Partial<MonitorOptions> = {},
): ReturnType<typeof describeInterface> {
  const options = monitorOptions([name], changes);
  const [port] = options.ports;
  assert.ok(port);
  const granted = { rxRings: rings.map((number) => ({ number })) };
  return describeInterface(options, port, { granted } as unknown as NativePort);
}

describe('describeInterface', () => {
  const cases: [
    name: string,
    rings: number[],
    changes: Partial<MonitorOptions>,
    expected: string,
  ][] = [
    ['em0', [0], {}, 'copy netmap monitor, ring 0, rx and tx'],
    ['em0', [0, 1, 2, 3], {}, 'copy netmap monitor, rings 0-3, rx and tx'],
    ['em0-3', [3], { direction: 'tx' }, 'copy netmap monitor, ring 3, tx only'],
    ['em0', [0], { zeroCopy: true }, 'zero-copy netmap monitor, ring 0, rx and tx'],
    ['em0*', [0, 1, 2], {}, 'copy netmap monitor, rings 0-2, with host rings, rx and tx'],
    ['em0^', [2], { direction: 'rx' }, 'copy netmap monitor, ring 2, with host rings, rx only'],
    ['em0^1', [3], {}, 'copy netmap monitor, ring 3, with host rings, rx and tx'],
  ];
  for (const [name, rings, changes, expected] of cases) {
    it(`describes ${name} with ${rings.length} of its rings: ${expected}`, () => {
      assert.equal(described(name, rings, changes).description, expected);
    });
  }

  it('has the name as it was given, the filter if there is one, and microseconds', () => {
    const all = described('netmap:em0/z', [0], { filter: 'udp', snapshotLength: 96 });
    assert.equal(all.name, 'netmap:em0/z');
    assert.equal(all.filter, 'udp');
    assert.equal(all.snapshotLength, 96);
    assert.equal(all.linkType, 1);
    assert.equal(all.ticksPerSecond, 1_000_000n);
    assert.ok(!('filter' in described('em0', [0])));
  });
});
