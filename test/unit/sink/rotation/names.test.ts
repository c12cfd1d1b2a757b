import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { unknownConversion } from '../../../../src/sink/rotation/conversions.js';
import { FileNames } from '../../../../src/sink/rotation/name.js';
import { Periods } from '../../../../src/sink/rotation/periods.js';

const NOON = new Date(2026, 10, 22, 12, 0, 0);
const LATER = new Date(2026, 10, 22, 13, 30, 5);

describe('names of rotated files', () => {
  it("are dumpcap's where the name has no conversion", () => {
    const names = new FileNames('/var/cap/em0.pcapng');
    assert.equal(names.next(NOON), '/var/cap/em0_00001_20261122120000.pcapng');
    assert.equal(names.next(NOON), '/var/cap/em0_00002_20261122120000.pcapng');
    assert.equal(names.next(LATER), '/var/cap/em0_00003_20261122133005.pcapng');
  });

  for (const [name, expected] of [
    ['em0', 'em0_00001_20261122120000'],
    ['em0.pcapng.gz', 'em0_00001_20261122120000.pcapng.gz'],
    ['em0.pcap.zst', 'em0_00001_20261122120000.pcap.zst'],
    ['em0.gz', 'em0_00001_20261122120000.gz'],
    ['host.example.org/a.b.txt', 'host.example.org/a.b_00001_20261122120000.txt'],
    ['.hidden', '.hidden_00001_20261122120000'],
  ] as const) {
    it(`keep the endings of ${name}`, () => {
      assert.equal(new FileNames(name).next(NOON), expected);
    });
  }

  it("expand tcpdump's templates in local time", () => {
    const names = new FileNames('em0-%Y-%m-%d_%H:%M:%S-100%%.pcap');
    assert.equal(names.next(NOON), 'em0-2026-11-22_12:00:00-100%.pcap');
    assert.equal(new FileNames('%b %e %y %j %I%p %a').next(NOON), 'Nov 22 26 326 12PM Sun');
    assert.equal(new FileNames('%s').next(NOON), String(NOON.getTime() / 1000));
  });

  it('begin to count anew with each expanded name', () => {
    const names = new FileNames('em0-%H.pcapng.gz');
    assert.deepEqual(
      [NOON, NOON, NOON, LATER, LATER].map((time) => names.next(time)),
      [
        'em0-12.pcapng.gz',
        'em0-12_00001.pcapng.gz',
        'em0-12_00002.pcapng.gz',
        'em0-13.pcapng.gz',
        'em0-13_00001.pcapng.gz',
      ],
    );
  });

  it('have no conversion that would be written as it stands', () => {
    assert.equal(unknownConversion('a-%H%M%S-%%.pcap'), undefined);
    assert.equal(unknownConversion('a-%Q.pcap'), '%Q');
    assert.equal(unknownConversion('a%'), '%');
  });
});

describe('periods', () => {
  const HOUR = 3_600_000_000;

  it('follow one another from the first time on, whatever the packets do', () => {
    const periods = new Periods(10, false);
    assert.equal(periods.endOf(1_000_003), 11_000_003);
    assert.equal(periods.endOf(11_000_002), 11_000_003);
    assert.equal(periods.endOf(11_000_003), 21_000_003);
    assert.equal(periods.endOf(1_000_000_000), 1_001_000_003);
    assert.equal(periods.startOf(1_000_000_000), 991_000_003);
  });

  it('are those of the clock on the wall when aligned', () => {
    const utc = new Periods(3600, true, () => 0);
    assert.equal(utc.endOf(5 * HOUR + 1), 6 * HOUR);
    assert.equal(utc.endOf(6 * HOUR), 7 * HOUR);
    // India is five and a half hours ahead: full hours there are half ones here.
    const india = new Periods(3600, true, () => 330);
    assert.equal(india.endOf(5 * HOUR), 5.5 * HOUR);
    // Days end at midnight.
    assert.equal(new Periods(86_400, true, () => 120).endOf(5 * HOUR), 22 * HOUR);
  });

  it('end at midnight on days on which the clocks are changed too', () => {
    // At the fifth hour the clocks go from one hour ahead to two.
    const offset = (time: number) => (time < 5 * HOUR ? 60 : 120);
    const days = new Periods(86_400, true, offset);
    assert.equal(days.endOf(0), 22 * HOUR);
    assert.equal(days.endOf(6 * HOUR), 22 * HOUR);
    const back = new Periods(86_400, true, (time) => (time < 5 * HOUR ? 120 : 60));
    assert.equal(back.endOf(0), 23 * HOUR);
  });
});
