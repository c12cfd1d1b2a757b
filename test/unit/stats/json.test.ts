import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { Section } from '../../../src/pcapng/section.js';
import { statsJson, statsJsonLine } from '../../../src/stats/json.js';
import type { CaptureStats } from '../../../src/stats/stats.js';
import { ETHERNET } from '../../support/savefile.js';
import { directionStats } from '../../support/stats.js';

const SECTION: Section = {
  byteOrder: 'little',
  interfaces: [
    { ...ETHERNET, name: 'em0', description: 'copy netmap monitor', filter: 'udp' },
    { ...ETHERNET, name: 'em1' },
  ],
};

const STATS: CaptureStats = {
  startedAt: 1_700_000_000_000_001,
  endedAt: 1_700_000_001_500_000,
  rings: [
    { interfaceId: 0, ring: 0, inbound: directionStats(1), outbound: directionStats(10) },
    { interfaceId: 0, ring: 1, inbound: directionStats(2), outbound: directionStats(20) },
    {
      interfaceId: 1,
      ring: 3,
      inbound: { ...directionStats(4), sent: undefined, lost: undefined },
      outbound: directionStats(40),
    },
  ],
};

/** All that passed and was not discarded: 12 for each unit of directionStats(). */
const DELIVERED = 12 * (1 + 10 + 2 + 20 + 4 + 40);

/** A direction in the document. */
function expected(factor: number, written: number | undefined): Record<string, number> {
  return {
    seen: 19 * factor,
    bytes: 1900 * factor,
    passed: 17 * factor,
    ...(written === undefined ? {} : { written }),
    discarded: 5 * factor,
    ring_full: 3 * factor,
    incomplete: 2 * factor,
    ...(factor === 4 ? {} : { lost: 4 * factor, sent: 23 * factor }),
  };
}

function document(written: number): unknown {
  return JSON.parse(statsJson(SECTION, STATS, written));
}

describe('statsJson', () => {
  it('has who wrote the packets, where native code did', () => {
    const writer = { inPlace: 12, standIns: 3 };
    const { writer: members } = JSON.parse(
      statsJson(SECTION, { ...STATS, writer }, DELIVERED),
    ) as Record<string, unknown>;
    assert.deepEqual(members, { in_place: 12, stand_ins: 3 });
  });

  it('has every figure of every ring and direction, and leaves out what is not known', () => {
    const way = (factor: number) => expected(factor, 12 * factor);
    assert.deepEqual(document(DELIVERED), {
      started: '2023-11-14T22:13:20.000001Z',
      ended: '2023-11-14T22:13:21.500000Z',
      written: DELIVERED,
      interfaces: [
        {
          name: 'em0',
          description: 'copy netmap monitor',
          filter: 'udp',
          rings: [
            { ring: 0, in: way(1), out: way(10) },
            { ring: 1, in: way(2), out: way(20) },
          ],
        },
        { name: 'em1', rings: [{ ring: 3, in: way(4), out: way(40) }] },
      ],
    });
  });

  it('knows what was written of a direction only where everything was', () => {
    const way = (factor: number) => expected(factor, undefined);
    for (const written of [0, DELIVERED - 1, DELIVERED + 1]) {
      const { interfaces, ...rest } = document(written) as {
        written: number;
        interfaces: { rings: unknown[] }[];
      };
      assert.equal(rest.written, written);
      assert.deepEqual(
        interfaces.map(({ rings }) => rings),
        [
          [
            { ring: 0, in: way(1), out: way(10) },
            { ring: 1, in: way(2), out: way(20) },
          ],
          [{ ring: 3, in: way(4), out: way(40) }],
        ],
      );
    }
  });

  it('leaves out the times of a capture that did not begin', () => {
    const stats = { ...STATS, startedAt: undefined, endedAt: undefined };
    const text = statsJson(SECTION, stats, 0);
    assert.ok(!text.includes('started') && !text.includes('ended'));
    assert.ok(text.endsWith('}\n'));
  });
});

describe('statsJsonLine', () => {
  it('is the same document on one line, with its time', () => {
    const line = statsJsonLine(SECTION, STATS, DELIVERED, 1_700_000_002_000_000);
    assert.equal(line.indexOf('\n'), line.length - 1);
    const { time, ...rest } = JSON.parse(line) as { time: string };
    assert.equal(time, '2023-11-14T22:13:22.000000Z');
    assert.deepEqual(rest, document(DELIVERED));
  });
});
