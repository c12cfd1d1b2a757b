import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { PacketCursor } from '../../../src/pcapng/cursor.js';
import { type SummaryOptions, SummaryPrinter } from '../../../src/print/summary.js';
import { LineBuffer } from '../../../src/text/line.js';
import { bytes, ethernet, hex, ipv4, tcp, udp } from '../../support/packet.js';
import { epbBatch, type TestPacket } from '../../support/pcap.js';
import { printedBy } from '../../support/print.js';
import { assertSameAsTcpdump, PLAIN_OPTIONS, summaryText } from '../../support/tcpdump.js';

const TEXT = ethernet(
  0x0800,
  ipv4({ protocol: 6 }, tcp({ flags: 0x18 }, 'line\r\nmiddle\rof\tit \x1b[31m\xff\r')),
);
const ODD = ethernet(0x0800, ipv4({ protocol: 17 }, udp({}, 'odd')));
const UNKNOWN = ethernet(0x88b5, 'no decoder');

function at(seconds: number, nanoseconds: number, frame = ODD): TestPacket {
  return { bytes: frame, seconds, nanoseconds };
}

/** Forwards, backwards, over a second's and a day's end, and far apart. */
const TIMES = [
  at(1_700_000_000, 999_999_999),
  at(1_700_000_001, 0),
  at(1_700_000_000, 500_000_000),
  at(1_700_000_000, 499_999_500),
  at(1_700_090_000, 1),
  at(0, 0),
  at(2_147_483_647, 999_999_000),
];

/** Prints with the directions that epb_flags gives. */
function printed(flags: number | undefined, options: Partial<SummaryOptions> = {}): string {
  const printer = new SummaryPrinter({ ...PLAIN_OPTIONS, timeStyle: 'none', ...options });
  return printedBy(printer, epbBatch([{ bytes: ODD }], flags)).join('');
}

describe('SummaryPrinter', () => {
  for (const dump of ['none', 'ascii', 'hex', 'hex+link', 'hex-ascii', 'hex-ascii+link'] as const) {
    it(`dumps as tcpdump does: ${dump}`, () => {
      const frames = [TEXT, ODD, UNKNOWN].flatMap((frame) => [
        { bytes: frame },
        { bytes: frame.subarray(0, 14), originalLength: frame.length },
        { bytes: frame.subarray(0, 5), originalLength: frame.length },
      ]);
      assertSameAsTcpdump(frames, { dump });
    });
  }

  for (const timeStyle of ['time', 'none', 'epoch', 'delta', 'date', 'since-first'] as const) {
    for (const precision of ['micro', 'nano'] as const) {
      it(`shows times as tcpdump does: ${timeStyle}, ${precision}`, () => {
        assertSameAsTcpdump(TIMES, { timeStyle, precision });
      });
    }
  }

  it('numbers packets as tcpdump does', () => {
    assertSameAsTcpdump(
      Array.from({ length: 101 }, () => ({ bytes: ODD })),
      { numbered: true },
    );
  });

  it('refuses packets whose lengths cannot be', () => {
    const frames = [
      { bytes: bytes(), originalLength: 60 },
      { bytes: bytes(), originalLength: 0 },
      { bytes: ODD, originalLength: 10 },
      { bytes: ODD, originalLength: 0 },
      { bytes: ODD, originalLength: 262_145 },
    ];
    assertSameAsTcpdump(frames);
  });

  it('follows conversations of TCP as tcpdump does', () => {
    const segments = [];
    for (let i = 0; i < 6000; i++) {
      const source = 1000 + (i % 3000);
      const isAnswer = i >= 3000;
      segments.push({
        bytes: ethernet(
          0x0800,
          ipv4(
            { protocol: 6 },
            tcp(
              {
                source: isAnswer ? 80 : source,
                destination: isAnswer ? source : 80,
                sequence: (isAnswer ? 5000 : 4_294_967_000) + i,
                acknowledgement: (isAnswer ? 4_294_967_000 : 5000) + i,
                flags: i % 7 === 0 ? 0x12 : 0x10,
                options: hex('0101 050a 00001400 00001500'),
              },
              '',
            ),
          ),
        ),
      });
    }
    assertSameAsTcpdump(segments);
  });

  it('shows the direction after the time, three columns wide', () => {
    const summary = 'IP 10.0.0.1.1234 > 192.168.100.255.5678: UDP, length 3\n';
    assert.equal(printed(1), `In  ${summary}`);
    assert.equal(printed(2), `Out ${summary}`);
    assert.equal(printed(0), summary);
    assert.equal(printed(undefined), summary);
    assert.match(printed(2, { timeStyle: 'time' }), /^\d\d:\d\d:\d\d\.\d{6} Out IP /);
    assert.equal(
      printed(1, { linkHeader: true }),
      'In  02:00:00:00:00:01 > 02:00:00:00:00:ff, ethertype IPv4 (0x0800), length 45: ' +
        summary.slice(3),
    );
  });

  it('names the interface of the section that the packet is in', () => {
    const cursor = new PacketCursor();
    const line = new LineBuffer();
    const printer = new SummaryPrinter({
      ...PLAIN_OPTIONS,
      timeStyle: 'none',
      interfaceNames: true,
    });
    for (const name of ['em0', 'vale0:a']) {
      cursor.reset(epbBatch([{ bytes: ODD }]), {
        byteOrder: 'little',
        interfaces: [
          {
            name,
            linkType: 1,
            snapshotLength: 0,
            ticksPerSecond: 1_000_000_000n,
            secondsOffset: 0n,
          },
        ],
      });
      while (cursor.next()) printer.print(cursor, line);
    }
    const text = Buffer.from(line.take()).toString('latin1');
    assert.match(text, /^em0 {3}IP .*\nvale0:a IP .*\n$/);
  });

  it('colours direction, protocol, addresses and TCP flags, and nothing else changes', () => {
    const coloured = printed(2, { colour: true });
    assert.match(
      coloured,
      /^\x1b\[35mOut\x1b\[39m \x1b\[1mIP\x1b\[22m \x1b\[36m10\.0\.0\.1\.1234\x1b/,
    );
    assert.equal(coloured.replaceAll(/\x1b\[\d+m/g, ''), printed(2));
  });

  it('keeps to the local time zone through a change to summer time', () => {
    const before = process.env['TZ'];
    process.env['TZ'] = 'Europe/Berlin';
    try {
      // 2024-03-31: 01:59:59 is followed by 03:00:00.
      const text = summaryText([at(1_711_846_799, 0), at(1_711_846_800, 0)], {
        ...PLAIN_OPTIONS,
        timeStyle: 'date',
      });
      assert.match(text, /^2024-03-31 01:59:59\.000000 .*\n2024-03-31 03:00:00\.000000 .*\n$/);
      assertSameAsTcpdump([at(1_711_846_799, 0), at(1_711_846_800, 0), at(1_729_990_799, 5)]);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});
