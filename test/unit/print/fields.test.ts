import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { FieldFormat } from '../../../src/decode/field-recorder.js';
import { PacketCursor } from '../../../src/pcapng/cursor.js';
import type { Interface } from '../../../src/pcapng/section.js';
import { ColumnFormat, columnsNamed } from '../../../src/print/columns.js';
import { FieldPrinter } from '../../../src/print/fields.js';
import { JsonFormat } from '../../../src/print/json.js';
import { LineBuffer } from '../../../src/text/line.js';
import { bytes, ethernet, ipv4, tcp, u16, u32, udp } from '../../support/packet.js';
import { packetBlock } from '../../support/savefile.js';

const MICROSECONDS: Interface = {
  linkType: 1,
  snapshotLength: 0,
  ticksPerSecond: 1_000_000n,
  secondsOffset: 0n,
};

/** What is printed of a packet block, from an interface like that. */
function printed(
  fields: Parameters<typeof packetBlock>[1],
  described: Partial<Interface> = {},
  format: FieldFormat = new JsonFormat(),
): string {
  const cursor = new PacketCursor();
  cursor.reset(packetBlock('little', fields), {
    byteOrder: 'little',
    interfaces: [{ ...MICROSECONDS, ...described }],
  });
  const line = new LineBuffer();
  const printer = new FieldPrinter(format);
  while (cursor.next()) printer.print(cursor, line);
  return Buffer.from(line.take()).toString('latin1');
}

const FRAME = ethernet(0x0800, ipv4({ protocol: 17 }, udp({}, 'data')));
const SUMMARY = 'IP 10.0.0.1.1234 > 192.168.100.255.5678: UDP, length 4';

interface Printed {
  readonly layers: readonly Readonly<Record<string, Readonly<Record<string, unknown>>>>[];
  readonly [field: string]: unknown;
}

function parsed(...args: Parameters<typeof printed>): Printed {
  return JSON.parse(printed(...args)) as Printed;
}

/** A layer of a frame, the outermost of that name. */
function layerOf(frame: Uint8Array, name: string): unknown {
  return parsed({ data: frame }).layers.find((layer) => name in layer)?.[name];
}

/** The values of fields, as --fields prints them. */
function columns(names: string, fields: Parameters<typeof packetBlock>[1]): string {
  return printed(
    fields,
    {},
    new ColumnFormat(columnsNamed(names.split(',').map((name) => name.trim()))),
  );
}

describe('FieldPrinter', () => {
  it('prints what is known of the packet, and nothing else', () => {
    const ticks = 1_700_000_000_000_001n;
    const all = { data: FRAME, ticks, flags: 2, queue: 3, comments: ['a', 'b'] };
    const { layers, ...known } = parsed(all, { name: 'em0' });
    assert.deepEqual(known, {
      time: '2023-11-14T22:13:20.000001Z',
      interface: 'em0',
      direction: 'out',
      ring: 3,
      length: 46,
      captured: 46,
      comment: 'a\nb',
      summary: SUMMARY,
    });
    assert.deepEqual(
      layers.map((layer) => Object.keys(layer)),
      [['eth'], ['ip'], ['udp']],
    );
    const little = parsed({ data: FRAME });
    assert.deepEqual(Object.keys(little), ['time', 'length', 'captured', 'layers', 'summary']);
  });

  it('writes the time with the digits that the clock has', () => {
    for (const [ticksPerSecond, ticks, time] of [
      [1n, 1_700_000_000n, '2023-11-14T22:13:20Z'],
      [1000n, 1_700_000_000_020n, '2023-11-14T22:13:20.020Z'],
      [1_000_000_000n, 1_700_000_000_000_000_001n, '2023-11-14T22:13:20.000000001Z'],
      [10_000_000_000n, 17_000_000_000_000_000_019n, '2023-11-14T22:13:20.000000001Z'],
      [2n, 3n, '1970-01-01T00:00:01.5Z'],
      [1_000_000n, 253_402_300_799_999_999n, '9999-12-31T23:59:59.999999Z'],
      // RFC 3339 ends there.
      [1_000_000n, 253_402_300_800_000_000n, undefined],
    ] as const) {
      assert.equal(parsed({ ticks }, { ticksPerSecond })['time'], time);
    }
    const secondsOffset = -1_700_000_001n;
    assert.equal(parsed({}, { secondsOffset })['time'], '1969-12-31T23:59:59.123456Z');
  });

  it('keeps to the layer when a tunnel has it twice', () => {
    const tunnel = ethernet(
      0x0800,
      ipv4({ protocol: 4 }, ipv4({ protocol: 17, source: '172.16.0.1' }, udp({}, ''))),
    );
    assert.equal(columns('ip.src,ip.proto', { data: tunnel }), '10.0.0.1,172.16.0.1\t4,17\n');
  });

  it('leaves out what was cut off', () => {
    const segment = ethernet(0x0800, ipv4({ protocol: 6 }, tcp({})));
    assert.deepEqual(layerOf(segment.subarray(0, 14 + 20 + 4), 'tcp'), {
      srcport: 1234,
      dstport: 5678,
    });
    assert.deepEqual(layerOf(segment.subarray(0, 14 + 19), 'ip'), {});
    assert.deepEqual(layerOf(segment.subarray(0, 13), 'eth'), {
      dst: '02:00:00:00:00:ff',
      src: '02:00:00:00:00:01',
    });
  });

  it('shows lengths that cannot be as they are', () => {
    const { length, captured, layers, summary } = parsed({ data: FRAME, originalLength: 10 });
    assert.deepEqual([length, captured, layers], [10, 46, []]);
    assert.equal(summary, '[Invalid header: len(10) < caplen(46)]');
  });

  it('has questions and answers of DNS, item by item', () => {
    const name = bytes(3, 'www', 7, 'example', 3, 'org', 0);
    const answer = (type: number, data: Uint8Array): Uint8Array =>
      bytes(u16(0xc00c, type, 1), u32(60), u16(data.length), data);
    const message = bytes(
      u16(7, 0x8580, 1, 3, 0, 0),
      name,
      u16(1, 1),
      answer(5, bytes(2, 'ab', 0xc0, 12)),
      answer(1, bytes(192, 0, 2, 1)),
      answer(15, bytes(u16(10), 4, 'mail', 0xc0, 16)),
    );
    const frame = ethernet(0x0800, ipv4({ protocol: 17 }, udp({ source: 53 }, message)));
    const owner = { name: 'www.example.org', class: 1 };
    assert.deepEqual(layerOf(frame, 'dns'), {
      id: 7,
      flags: {
        response: true,
        opcode: 0,
        truncated: false,
        recdesired: true,
        authenticated: false,
        checkdisable: false,
        authoritative: true,
        recavail: true,
        rcode: 0,
      },
      count: { queries: 1, answers: 3, auth_rr: 0, add_rr: 0 },
      qry: [{ ...owner, type: 1 }],
      resp: [
        { ...owner, type: 5, ttl: 60, cname: 'ab.www.example.org' },
        { ...owner, type: 1, ttl: 60, a: '192.0.2.1' },
        { ...owner, type: 15, ttl: 60, mx: 'mail.example.org' },
      ],
    });
  });

  it('takes HTTP apart only where the first line is whole and one of HTTP', () => {
    const http = (text: string): unknown =>
      layerOf(ethernet(0x0800, ipv4({ protocol: 6 }, tcp({ destination: 80 }, text))), 'http');
    assert.deepEqual(http('GET /a?b="c" HTTP/1.1\r\nHost: x\r\n'), {
      request: { method: 'GET', uri: '/a?b="c"', version: 'HTTP/1.1' },
    });
    assert.deepEqual(http('HTTP/1.0 404 Not Found\r\n'), {
      response: { version: 'HTTP/1.0', code: 404, phrase: 'Not Found' },
    });
    assert.deepEqual(http('HTTP/1.0 204\r\n'), {
      response: { version: 'HTTP/1.0', code: 204, phrase: '' },
    });
    for (const other of [
      'GET /a HTTP/1.1',
      'GET /a\r\n',
      'RTSP/1.0 200 OK\r\n',
      'the middle\r\n',
    ]) {
      assert.deepEqual(http(other), {}, other);
    }
  });

  it('escapes text from the file', () => {
    const text = 'q" \\ \t\n\r\u001b[31m é \u{1f600}\u007f';
    const block = { comments: [text] };
    assert.match(printed(block, { name: text }), /^[\x20-\x7e]+\n$/);
    const { interface: name, comment } = parsed(block, { name: text });
    assert.deepEqual([name, comment], [text, text]);
    assert.equal(
      columns('comment,captured', block),
      'q" \\\\ \\t\\n\\r\\u001b[31m \\u00e9 \\ud83d\\ude00\\u007f\t5\n',
    );
  });

  it('prints the columns that are wanted, in their order, as often as they are', () => {
    assert.equal(
      columns('udp.dstport, ip.flags.df,ip.flags.mf,tcp.srcport,udp.dstport', { data: FRAME }),
      '5678\t1\t0\t\t5678\n',
    );
  });
});
