import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';

import type { Interface } from '../../src/pcapng/section.js';
import { sectionPreamble } from '../../src/pcapng/writer.js';
import { temporaryFolder } from '../support/folder.js';
import { nmcap, shell, tsharkFields } from '../support/nmcap.js';
import { ETHERNET, packetBlock, simplePacketBlock } from '../support/savefile.js';

const folder = temporaryFolder();

/** UDP from 10.0.0.1 port 1000 to 192.0.2.2 port 2000. */
const UDP4 = Buffer.from(
  '450000220001000040110000' + '0a000001' + 'c0000202' + '03e807d0000e0000' + '68656c6c6f21',
  'hex',
);
/** The same for IPv6. */
const UDP6 = Buffer.from(
  `6000000000081140${'0'.repeat(31)}1${'0'.repeat(31)}203e807d000080000`,
  'hex',
);
const FRAME = Buffer.concat([Buffer.from('0200000000020200000000010800', 'hex'), UDP4]);

function fileOf(name: string, ...parts: Uint8Array[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, Buffer.concat(parts));
  return file;
}

/** A classic pcap file's header and records, whose two lengths are those of the packet. */
function pcap(
  packets: readonly Uint8Array[],
  { order = 'little', linkType = 1, snapshotLength = 262_144, fraction = 0, version = [2, 4] } = {},
): Buffer {
  const words = (...values: number[]) => {
    const view = new DataView(new ArrayBuffer(4 * values.length));
    values.forEach((value, i) => {
      view.setUint32(4 * i, value, order === 'little');
    });
    return Buffer.from(view.buffer);
  };
  const header = words(0xa1b2c3d4, 0, 0, 0, snapshotLength, linkType);
  const [major = 2, minor = 4] = version;
  const view = new DataView(header.buffer, header.byteOffset);
  view.setUint16(4, major, order === 'little');
  view.setUint16(6, minor, order === 'little');
  const records = packets.flatMap((bytes, i) => [
    words(1_700_000_000 + i, fraction, bytes.length, bytes.length),
    bytes,
  ]);
  return Buffer.concat([header, ...records]);
}

function pcapng(interfaces: readonly Interface[], ...blocks: Uint8Array[]): Buffer {
  return Buffer.concat([sectionPreamble({ byteOrder: 'little', interfaces }), ...blocks]);
}

function count(file: string, filter: string): number {
  const { status, stdout, stderr } = nmcap(['-r', file, '--count', filter]);
  assert.equal(status, 0, stderr);
  return Number.parseInt(stdout, 10);
}

describe('inbound and outbound', () => {
  const blocks = [1, 2, undefined].map((flags) => packetBlock('little', { data: FRAME, flags }));

  for (const order of ['little', 'big'] as const) {
    it(`are the directions in a ${order}-endian file`, () => {
      const interfaces = [ETHERNET];
      const packets = [1, 2, undefined].map((flags) => packetBlock(order, { data: FRAME, flags }));
      const preamble = sectionPreamble({ byteOrder: order, interfaces });
      const file = fileOf(`directions-${order}.pcapng`, preamble, ...packets);
      for (const [filter, expected] of [
        ['inbound', 1],
        ['outbound', 1],
        ['inbound or outbound', 2],
        ['not inbound', 2],
        ['outbound and udp port 2000', 1],
        ['(src net 10/8 and outbound) or (dst net 10/8 and inbound)', 1],
        ['udp', 3],
      ] as const) {
        assert.equal(count(file, filter), expected, filter);
      }
    });
  }

  it('are the directions of a port, each and all of its frames', () => {
    const live = (filter: string) => {
      const run = nmcap(['sim:em0@rate=max', '-c', '200', '--fields', 'direction', filter]);
      assert.equal(run.status, 0, run.stderr);
      return new Set(run.stdout.trimEnd().split('\n'));
    };
    assert.deepEqual(live('inbound'), new Set(['in']));
    assert.deepEqual(live('outbound and tcp'), new Set(['out']));
    assert.deepEqual(live('inbound or outbound'), new Set(['in', 'out']));
  });

  it('are shown as they are run', () => {
    const { stdout } = nmcap(['--dump-filter', 'udp port 53 and outbound']);
    const plain = nmcap(['--dump-filter', 'udp port 53']).stdout;
    const none = '(000) ret      #0\n';
    assert.equal(stdout, `inbound:\n${none}outbound:\n${plain}direction unknown:\n${none}`);
    const file = fileOf('dumped.pcapng', pcapng([ETHERNET], ...blocks));
    assert.equal(nmcap(['-r', file, '--dump-filter', 'udp port 53 and outbound']).stdout, stdout);
  });

  it('are refused with a reason where they cannot be, as is what only a kernel knows', () => {
    const file = fileOf('refused.pcapng', pcapng([ETHERNET], ...blocks));
    for (const input of [['-r', file], ['sim:em0']]) {
      for (const [filter, reason] of [
        ['inbound and outbound', /expression rejects all packets/],
        ['ifindex 3', /what the Linux kernel knows .*such as ifindex/],
        ['ifname em0', /ifname/],
        ['type mgt', /802\.11/],
      ] as const) {
        const run = nmcap([...input, filter]);
        assert.notEqual(run.status, 0);
        assert.match(run.stderr, reason);
        assert.equal(run.stdout, '');
      }
    }
  });
});

describe('a filter on other link types', () => {
  it('works on raw IP, whatever its number', () => {
    for (const linkType of [12, 14, 101]) {
      const file = fileOf(`raw-${linkType}.pcap`, pcap([UDP4, UDP6], { linkType }));
      assert.equal(count(file, 'ip'), 1);
      assert.equal(count(file, 'ip6'), 1);
      assert.equal(count(file, 'udp port 2000'), 2);
    }
  });

  it('knows the address families of every BSD, in either byte order', () => {
    const families = [2, 24, 28, 30, 7];
    for (const order of ['little', 'big'] as const) {
      for (const linkType of order === 'big' ? [0, 108] : [0]) {
        const packets = families.map((family) => {
          const header = Buffer.alloc(4);
          if (order === 'little') header.writeUInt32LE(family);
          else header.writeUInt32BE(family);
          return Buffer.concat([header, family === 2 ? UDP4 : UDP6]);
        });
        const file = fileOf(`null-${order}.pcap`, pcap(packets, { order, linkType }));
        assert.equal(count(file, 'ip'), 1);
        assert.equal(count(file, 'ip6'), 3);
        assert.equal(count(file, 'udp dst port 2000'), 4);
        assert.equal(count(file, 'tcp or icmp6'), 0);
        // Frames that were changed for the filter are shown as they are in the file.
        const copy = path.join(folder, 'null-copy.pcap');
        assert.equal(nmcap(['-r', file, '-w', copy, 'ip6']).status, 0);
        assert.deepEqual(
          readFileSync(copy).subarray(24),
          pcap(packets, { order, linkType }).subarray(24 + 54, 24 + 54 + 3 * 68),
        );
      }
    }
  });

  const types = [147, 1, 101].map((linkType) => ({ ...ETHERNET, linkType }));
  const packets = [FRAME, UDP4, UDP6].map((data, i) =>
    packetBlock('little', { data, interfaceId: [1, 2, 2][i] ?? 0 }),
  );
  const odd = packetBlock('little', { data: FRAME, interfaceId: 0 });

  it('has a program for each interface, and reports once where there can be none', () => {
    const file = fileOf('types.pcapng', pcapng(types, odd, ...packets, odd));
    const run = nmcap(['-r', file, '-t', 'ip']);
    assert.equal(run.status, 0);
    assert.equal(run.stdout, 'IP 10.0.0.1.1000 > 192.0.2.2.2000: UDP, length 6\n'.repeat(2));
    const lines = run.stderr.trimEnd().split('\n');
    assert.equal(lines.length, 1, run.stderr);
    assert.match(
      lines[0] ?? '',
      /packets of link type 147 do not pass: .* cannot be compiled for it/,
    );
    // Nothing to report where no such packet comes.
    assert.equal(nmcap(['-r', fileOf('t.pcapng', pcapng(types, ...packets)), 'ip']).stderr, '');
  });

  it('is refused where there can be none at all, and for what is wrong with it itself', () => {
    const only = fileOf('only.pcapng', pcapng(types.slice(0, 1), odd));
    const all = fileOf('all.pcapng', pcapng(types, odd, ...packets));
    for (const [file, filter, reason] of [
      [only, 'ip', /147/],
      [only, 'ip or or', /syntax error/],
      [all, 'ip or or', /syntax error/],
    ] as const) {
      const run = nmcap(['-r', file, filter]);
      assert.notEqual(run.status, 0);
      assert.match(run.stderr, reason);
    }
  });

  it('shows the program for each link type', () => {
    const file = fileOf('dump.pcapng', pcapng(types, odd));
    assert.match(
      nmcap(['-r', file, '--dump-filter', 'ip']).stdout,
      /^link type 147:\nnone passes: .*147.*\nlink type 1:\n\(000\) ldh .*\n(?:.*\n)+link type 101:\n\(000\) ldb /,
    );
  });

  it('takes ip broadcast as tcpdump does', () => {
    const broadcast = Buffer.from(FRAME);
    broadcast.fill(255, 30, 34);
    const file = fileOf('broadcast.pcap', pcap([FRAME, broadcast, FRAME]));
    const expected = shell(`tcpdump -n -r '${file}' ip broadcast 2>/dev/null`).stdout;
    assert.equal(nmcap(['-r', file, 'ip broadcast']).stdout, expected);
    assert.equal(expected.split('\n').length, 2);
  });
});

describe('a savefile with very many', () => {
  it('interfaces between its packets is read in time that grows with them', () => {
    const idb = sectionPreamble({ byteOrder: 'little', interfaces: [ETHERNET] }).subarray(28);
    const seconds = (interfaces: number) => {
      const blocks = Array.from({ length: interfaces }, (_, interfaceId) => [
        idb,
        packetBlock('little', { data: FRAME, interfaceId }),
      ]).flat();
      const file = fileOf(`many-${interfaces}.pcapng`, pcapng([], ...blocks));
      const start = performance.now();
      assert.equal(count(file, 'len > 0'), interfaces);
      return (performance.now() - start) / 1000;
    };
    // Took over a hundred seconds when every packet looked at all interfaces.
    assert.ok(seconds(40_000) < 15);
  });

  it('interfaces is refused before it fills the memory', () => {
    const idb = sectionPreamble({ byteOrder: 'little', interfaces: [ETHERNET] }).subarray(28);
    const blocks = Buffer.concat(Array.from({ length: 65_537 }, () => idb));
    const packet = packetBlock('little', { data: FRAME, interfaceId: 65_535 });
    const enough = blocks.subarray(idb.length);
    assert.equal(count(fileOf('most.pcapng', pcapng([], enough, packet)), ''), 1);
    const run = nmcap(['-r', fileOf('more.pcapng.gz', gzipSync(pcapng([], blocks, packet)))]);
    assert.equal(run.status, 1);
    assert.match(run.stderr, /a section with more than 65536 interface descriptions/);
  });

  it('sections may have as many interfaces in each', () => {
    const idb = sectionPreamble({ byteOrder: 'little', interfaces: [ETHERNET] }).subarray(28);
    const section = pcapng([], ...Array.from({ length: 40_000 }, () => idb));
    const packet = packetBlock('little', { data: FRAME, interfaceId: 39_999 });
    assert.equal(count(fileOf('two.pcapng', section, packet, section, packet), 'udp'), 2);
  });
});

describe('what a savefile does not have', () => {
  it('is cut at the snapshot length of the header, as by tcpdump', () => {
    const file = fileOf('snapshot.pcap', pcap([Buffer.alloc(1440, 2)], { snapshotLength: 100 }));
    for (const out of ['snapshot.pcapng', 'again.pcap']) {
      const copy = path.join(folder, out);
      assert.equal(nmcap(['-r', file, '-w', copy]).status, 0);
      assert.deepEqual(tsharkFields(copy, 'frame.len', 'frame.cap_len'), [['1440', '100']]);
      assert.equal(
        shell(`tcpdump -nxx -r '${copy}' 2>/dev/null`).stdout,
        shell(`tcpdump -nxx -r '${file}' 2>/dev/null`).stdout,
      );
    }
  });

  it('is no time of 1970, in text, JSON, columns and pcapng', () => {
    const simple = simplePacketBlock('little', FRAME);
    const whole = pcapng([ETHERNET], simple);
    const file = fileOf('simple.pcapng', whole);
    assert.equal(nmcap(['-r', file]).stdout, 'IP 10.0.0.1.1000 > 192.0.2.2.2000: UDP, length 6\n');
    assert.match(nmcap(['-r', file, '--json']).stdout, /^\{"length":48,"captured":48,/);
    assert.equal(nmcap(['-r', file, '--fields', 'time,length', 'udp']).stdout, '\t48\n');
    const copy = path.join(folder, 'simple-copy.pcapng');
    assert.equal(nmcap(['-r', file, '-w', copy, 'udp']).status, 0);
    assert.deepEqual(readFileSync(copy), whole);
    const classic = nmcap(['-r', file, '-w', path.join(folder, 'simple.pcap')]);
    assert.match(classic.stderr, /pcap files cannot hold that packets have no time/);
  });

  it('is no later time where the fraction of a second is too large', () => {
    const file = fileOf('fraction.pcap', pcap([FRAME, FRAME], { fraction: 1_500_000 }));
    const run = nmcap(['-r', file, '--fields', 'time,length']);
    assert.equal(run.stdout, '\t48\n\t48\n');
    assert.match(run.stderr, /fraction of a second is a second or more: these times are left out/);
    assert.equal(run.stderr.trimEnd().split('\n').length, 1);
    const copy = path.join(folder, 'fraction.pcapng');
    assert.equal(nmcap(['-r', file, '-w', copy]).status, 0);
    assert.equal(nmcap(['-r', copy, '--fields', 'time']).stdout, '\n\n');
  });

  it('may be the FCS, which length and captured leave out', () => {
    const fcs = Buffer.concat([FRAME, Buffer.alloc(12), Buffer.from('deadbeef', 'hex')]);
    const file = fileOf('fcs.pcap', pcap([fcs], { linkType: 0x24000001 }));
    const fields = (of: string) => nmcap(['-r', of, '--fields', 'length,captured']).stdout;
    assert.equal(fields(file), '60\t60\n');
    const copy = path.join(folder, 'fcs.pcapng');
    assert.equal(nmcap(['-r', file, '-w', copy]).status, 0);
    assert.equal(fields(copy), '60\t60\n');
    assert.deepEqual(tsharkFields(copy, 'eth.fcs'), [['0xdeadbeef']]);
    const back = path.join(folder, 'fcs-back.pcap');
    assert.equal(nmcap(['-r', copy, '-w', back]).status, 0);
    assert.deepEqual(readFileSync(back), readFileSync(file));
  });
});

describe('a replay', () => {
  it('leaves out what cannot be a frame, and says so', () => {
    const packets = [FRAME, Buffer.alloc(0), Buffer.alloc(200_000), FRAME, Buffer.alloc(131_072)];
    const file = fileOf('replay.pcap', pcap(packets));
    const run = nmcap([`sim:em0@replay=${file}`, '-c', '3', '--fields', 'length']);
    assert.equal(run.status, 0, run.stderr);
    assert.equal(run.stdout, '48\n48\n131072\n');
    assert.match(run.stderr, /replay\.pcap: 1 packet without bytes left out\n/);
    assert.match(run.stderr, /replay\.pcap: 1 packet longer than 131072 bytes left out\n/);
    const none = nmcap([`sim:em0@replay=${fileOf('none.pcap', pcap([Buffer.alloc(0)]))}`]);
    assert.notEqual(none.status, 0);
    assert.match(none.stderr, /has no packets to send/);
  });
});
