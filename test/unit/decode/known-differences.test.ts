import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { JsonFormat } from '../../../src/print/json.js';
import type { SummaryOptions } from '../../../src/print/summary.js';
import { fieldText } from '../../support/fields.js';
import { withoutKnownDifferences } from '../../support/known-differences.js';
import {
  bytes,
  ethernet,
  hex,
  icmp,
  icmp6,
  ipv4,
  ipv6,
  tcp,
  u16,
  u32,
  udp,
  withChecksum,
} from '../../support/packet.js';
import type { TestPacket } from '../../support/pcap.js';
import { assertSameAsTcpdump, PLAIN_OPTIONS, summaryText } from '../../support/tcpdump.js';

// The right lines where tcpdump 4.99.3 has wrong ones (docs/summaries.md, "Known differences").

const IP = 0x0800;
const IP6 = 0x86dd;

function line(packet: TestPacket, options: Partial<SummaryOptions> = {}, linkType = 1): string {
  return summaryText([packet], { ...PLAIN_OPTIONS, timeStyle: 'none', ...options }, linkType);
}

function json(packet: TestPacket): { layers: Record<string, Record<string, unknown>>[] } {
  return JSON.parse(fieldText(new JsonFormat(), [packet])) as never;
}

/** The packet's layer of that name. */
function layer(packet: TestPacket, name: string): Record<string, unknown> | undefined {
  return json(packet).layers.find((each) => name in each)?.[name];
}

function assertExcepted(packet: TestPacket): void {
  assert.deepEqual(withoutKnownDifferences([packet]), []);
}

describe('An IPv4 total length of 0', () => {
  const segment = tcp({ flags: 0x18 }, 'offloaded');
  const frame = { bytes: ethernet(IP, ipv4({ protocol: 6, totalLength: 0 }, segment)) };
  const inner = '10.0.0.1.1234 > 192.168.100.255.5678: Flags [P.]';

  it('is that of the frame', () => {
    const rest = 'seq 4000000000:4000000009, ack 1000, win 512, length 9\n';
    assert.equal(line(frame), `IP ${inner}, ${rest}`);
    assert.equal(
      line(frame, { verbosity: 1 }),
      'IP (tos 0x0, ttl 64, id 4660, offset 0, flags [DF], proto TCP (6), length 49 [was 0, presumed TSO])\n' +
        `    ${inner}, cksum 0x3b2d (correct), ${rest}`,
    );
    assertExcepted(frame);
  });

  it('has the layers in it, and the length, in JSON', () => {
    assert.equal(layer(frame, 'ip')?.['len'], 49);
    assert.equal(layer(frame, 'tcp')?.['len'], 9);
  });

  it('is that of the wire where the capture is shorter, as with BIG TCP', () => {
    const cut = { bytes: frame.bytes, originalLength: 14 + 70_000 };
    assert.match(line(cut), /seq 4000000000:4000069960, ack 1000, win 512, length 69960\n$/);
    assert.match(line(cut, { verbosity: 1 }), /length 70000 \[was 0, presumed BIG TCP\]\)/);
    assert.equal(layer(cut, 'tcp')?.['len'], 69_960);
  });

  it('is that of what carries the datagram, in a tunnel too', () => {
    const outer = ipv4({ protocol: 4 }, ipv4({ protocol: 6, totalLength: 0 }, segment));
    assert.match(line({ bytes: ethernet(IP, outer) }), /Flags \[P\.\].* length 9\n$/);
  });

  describe('quoted in an ICMP error', () => {
    const REDIRECT = 5;
    const TIME_EXCEEDED = 11;
    const quoted = ipv4({ protocol: 6, totalLength: 0 }, segment);
    const error = (header: string, payload: Uint8Array, type = TIME_EXCEEDED) => ({
      bytes: ethernet(IP, ipv4({ protocol: 1 }, icmp(type, 0, hex(header), payload))),
    });
    /** That the quoted datagram is shown with that length, and that much data in its segment. */
    function assertQuoted(text: string, length: number, dataLength: number): void {
      const [, header = '', rest = ''] = /\n\tIP (.*)\n {4}(.*)\n/.exec(text) ?? assert.fail(text);
      assert.ok(header.endsWith(`, length ${length} [was 0, presumed TSO])`), header);
      assert.ok(rest.startsWith(`${inner}, cksum `), rest);
      assert.ok(rest.endsWith(`, win 512, length ${dataLength}`), rest);
    }

    it('is that of what is quoted', () => {
      // A redirect has the gateway's address where others give the quoted datagram's length.
      const frames = [error('00000000', quoted), error('0a010001', quoted, REDIRECT)];
      for (const frame of frames) {
        assertQuoted(line(frame, { verbosity: 1 }), 49, 9);
        assertExcepted(frame);
      }
    });

    it('is that of eight bytes of TCP, of which there is too little to show', () => {
      const frame = error('00000000', quoted.subarray(0, 28));
      assert.match(
        line(frame, { verbosity: 1 }),
        /, length 28 \[was 0, presumed TSO\]\)\n {4}10\.0\.0\.1\.1234 > 192\.168\.100\.255\.5678: {2}\[\|tcp\]\n$/,
      );
    });

    it('does not count the extension after it (RFC 4884)', () => {
      const padded = bytes(quoted, new Uint8Array(128 - quoted.length));
      const label = withChecksum(hex('2000 0000 0008 0101 00064140'), 2);
      for (const words of ['00', '20']) {
        const text = line(error(`00${words}0000`, bytes(padded, label)), { verbosity: 1 });
        assertQuoted(text, 128, 88);
        assert.match(text, /\n\tICMP Multi-Part extension v2, .*\(correct\)/);
      }
    });

    it('is that which the message gives, where it gives one', () => {
      const frame = error('000d0000', bytes(quoted, hex('000000'), new Uint8Array(20)));
      assertQuoted(line(frame, { verbosity: 1 }), 52, 12);
    });
  });
});

describe('An IPv6 payload length of 0 with TCP in it', () => {
  const segment = tcp({ flags: 0x18, version: 6 }, 'big');
  const frame = { bytes: ethernet(IP6, ipv6({ nextHeader: 6, payloadLength: 0 }, segment)) };

  it('is that of the frame', () => {
    assert.match(
      line(frame),
      /^IP6 fe80::1\.1234 > 2001:db8:0:1::ff\.5678: Flags \[P\.\].* length 3\n$/,
    );
    assert.match(line(frame, { verbosity: 1 }), /payload length: 23 \[was 0, presumed BIG TCP\]\)/);
    const cut = { bytes: frame.bytes, originalLength: 14 + 40 + 100_020 };
    assert.match(line(cut), / length 100000\n$/);
    assert.equal(layer(cut, 'tcp')?.['len'], 100_000);
    assertExcepted(frame);
  });

  it('is not looked at where an ICMPv6 error quotes it', () => {
    const quoted = ipv6({ nextHeader: 6, payloadLength: 0 }, segment);
    const error = icmp6(1, 4, hex('00000000'), quoted);
    const unreachable = [{ bytes: ethernet(IP6, ipv6({ nextHeader: 58 }, error)) }];
    assert.match(summaryText(unreachable), /, unreachable port, 2001:db8:0:1::ff tcp port 5678, /);
    assertSameAsTcpdump(unreachable, { verbosity: 3 });
  });
});

describe('Times in 2038 and later', () => {
  const frame = ethernet(IP, ipv4({ protocol: 17 }, udp({}, 'x')));
  const late = [2_147_483_648, 4_294_967_295, 4_294_967_296, 5_000_000_000];

  it('are shown with -tt', () => {
    for (const seconds of late) {
      const text = line({ bytes: frame, seconds, nanoseconds: 1000 }, { timeStyle: 'epoch' });
      assert.ok(text.startsWith(`${seconds}.000001 IP `), text);
    }
  });

  it('are shown as dates, and as times of the day', () => {
    const before = process.env['TZ'];
    process.env['TZ'] = 'UTC';
    try {
      for (const seconds of late) {
        const packet = { bytes: frame, seconds, nanoseconds: 0 };
        const [date = '', time = ''] = new Date(seconds * 1000).toISOString().split(/[TZ]/);
        const expected = `${time.slice(0, 8)}.000000 IP `;
        assert.ok(line(packet, { timeStyle: 'time' }).startsWith(expected));
        assert.ok(line(packet, { timeStyle: 'date' }).startsWith(`${date} ${expected}`));
      }
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });
});

describe("Accurate ECN's flag (RFC 9768)", () => {
  const frame = { bytes: ethernet(IP, ipv4({ protocol: 6 }, tcp({ flags: 0x1c2 }))) };

  it('is e', () => {
    assert.match(line(frame), /Flags \[SEWe\], seq/);
    const alone = { bytes: ethernet(IP, ipv4({ protocol: 6 }, tcp({ flags: 0x100 }))) };
    assert.match(line(alone), /Flags \[e\], win/);
    assertExcepted(frame);
    assertExcepted(alone);
  });

  it('is ae in JSON', () => {
    const flags = layer(frame, 'tcp')?.['flags'] as Record<string, boolean>;
    assert.equal(flags['ae'], true);
    assert.equal(flags['syn'], true);
    const other = { bytes: ethernet(IP, ipv4({ protocol: 6 }, tcp({ flags: 0x02 }))) };
    assert.equal((layer(other, 'tcp')?.['flags'] as Record<string, boolean>)['ae'], false);
  });
});

describe('UDP ports of tunnels', () => {
  const overUdp = (source: number, destination: number, payload: Uint8Array) => ({
    bytes: ethernet(IP, ipv4({ protocol: 17 }, udp({ source, destination }, payload))),
  });
  const inner = ethernet(IP, ipv4({ protocol: 17, source: '172.16.0.1' }, udp({}, 'data')));
  const vxlan = bytes(hex('08000000 00002a 00'), inner);

  it('8472 is VXLAN, as destination', () => {
    const frame = overUdp(50_000, 8472, vxlan);
    assert.equal(
      line(frame),
      'IP 10.0.0.1.50000 > 192.168.100.255.8472: VXLAN, flags [I] (0x08), vni 42\n' +
        'IP 172.16.0.1.1234 > 192.168.100.255.5678: UDP, length 4\n',
    );
    assert.equal(layer(frame, 'vxlan')?.['vni'], 42);
    assertExcepted(frame);
    assert.match(line(overUdp(8472, 50_000, vxlan)), /: UDP, length \d+\n$/);
  });

  it('6081 is Geneve, as destination only', () => {
    const geneve = bytes(u16(0, 0x6558), u32(0x2a00), inner);
    assert.match(line(overUdp(50_000, 6081, geneve)), /: Geneve, Flags \[none\], vni 0x2a: IP /);
    const answer = overUdp(6081, 50_000, geneve);
    assert.match(line(answer), /: UDP, length \d+\n$/);
    assert.equal(layer(answer, 'geneve'), undefined);
    assertExcepted(answer);
  });
});

describe('Data of a reset', () => {
  const reset = (port: number, data: Uint8Array | string) => ({
    bytes: ethernet(IP, ipv4({ protocol: 6 }, tcp({ destination: port, flags: 0x14 }, data))),
  });
  const query = bytes(u16(17), hex('1234 0100 0001 0000 0000 0000 00 0001 0001'));

  it('is neither DNS nor HTTP', () => {
    const dns = reset(53, query);
    const http = reset(80, 'GET / HTTP/1.1\r\n\r\n');
    for (const frame of [dns, http]) {
      assert.match(
        line(frame),
        /Flags \[R\.\], seq 4000000000:\d+, ack 1000, win 512, length \d+\n$/,
      );
      assert.deepEqual(
        json(frame).layers.map((each) => Object.keys(each)[0]),
        ['eth', 'ip', 'tcp'],
      );
      assertExcepted(frame);
    }
    assert.match(
      line(http, { verbosity: 1 }),
      /length 18 \[RST GET \/ HTTP\/1\.1\^M\^J\^M\^J\]\n$/,
    );
  });
});

describe('An IPv6 fragment whose length would be negative', () => {
  it('is invalid', () => {
    const fragment = bytes(hex('1100 0001 00000001'), udp({ version: 6 }, 'x'));
    const frame = { bytes: ethernet(IP6, ipv6({ nextHeader: 44, payloadLength: 4 }, fragment)) };
    assert.match(line(frame), /: frag \(0\|-4\) \(invalid\)/);
  });
});

describe('DHCP options', () => {
  const withOptions = (options: string) => ({
    bytes: ethernet(
      IP,
      ipv4(
        { protocol: 17 },
        udp(
          { source: 68, destination: 67 },
          bytes(hex('01010600 12345678'), new Uint8Array(228), hex(`63825363 ${options} ff`)),
        ),
      ),
    ),
  });

  it('116: Y allows auto-configuration (RFC 2563)', () => {
    const allowed = withOptions('740101');
    assert.match(line(allowed, { verbosity: 1 }), /\n\t {4}Auto-Config \(116\), length 1: Y\n/);
    const not = withOptions('740100');
    assert.match(line(not, { verbosity: 1 }), /\n\t {4}Auto-Config \(116\), length 1: N\n/);
    assertExcepted(allowed);
  });

  it('108: seconds for which IPv4 is not wanted (RFC 8925)', () => {
    const frame = withOptions('6c0400000708');
    assert.match(line(frame, { verbosity: 1 }), /IPv6-Only-Preferred \(108\), length 4: 1800\n/);
    const asked = withOptions('37026c01');
    assert.match(line(asked, { verbosity: 1 }), /IPv6-Only-Preferred \(108\), Subnet-Mask \(1\)\n/);
    assertExcepted(frame);
  });
});

describe("NTP's second era", () => {
  const message = (...times: readonly (readonly [seconds: number, fraction: number])[]) => ({
    bytes: ethernet(
      IP,
      ipv4(
        { protocol: 17 },
        udp(
          { source: 123, destination: 123 },
          bytes(hex('240206e7'), u32(0, 0, 0), ...times.map((time) => u32(...time))),
        ),
      ),
    ),
  });

  it('begins in 2036', () => {
    const frame = message([0xffff_ffff, 0], [0xffff_ffff, 0], [1, 0], [2, 0x8000_0000]);
    const text = line(frame, { verbosity: 1 });
    assert.match(text, /Reference Timestamp: {2}4294967295\.000000000 \(2036-02-07T06:28:15Z\)/);
    assert.match(text, /Receive Timestamp: {4}1\.000000000 \(2036-02-07T06:28:17Z\)/);
    assert.match(text, /Transmit Timestamp: {3}2\.500000000 \(2036-02-07T06:28:18Z\)/);
    assert.match(text, /Originator - Receive Timestamp: {2}\+2\.000000000\n/);
    assert.match(text, /Originator - Transmit Timestamp: \+3\.500000000\n/);
    assertExcepted(frame);
  });
});

describe('Raw IP', () => {
  it('has the link types 12 and 14 in files of some systems', () => {
    for (const linkType of [12, 14, 101]) {
      const packet = { bytes: ipv4({ protocol: 17 }, udp({}, 'hello')) };
      const text = 'IP 10.0.0.1.1234 > 192.168.100.255.5678: UDP, length 5\n';
      assert.equal(line(packet, {}, linkType), text);
      const packet6 = { bytes: ipv6({ nextHeader: 17 }, udp({ version: 6 }, 'hello')) };
      assert.match(line(packet6, {}, linkType), /^IP6 fe80::1\.1234 > .*: UDP, length 5\n$/);
    }
  });
});
