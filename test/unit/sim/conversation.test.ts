import assert from 'node:assert/strict';
import { endianness } from 'node:os';
import { describe, it } from 'node:test';

import { conversation, type SimulatedFrame } from '../../../src/sim/conversation.js';
import { packFrames } from '../../../src/sim/pack.js';
import { oracle, tsharkFields } from '../../support/oracle.js';
import { pcapFile } from '../../support/pcap.js';

const frames = conversation({ seed: 7, rings: 3 });
const savefile = pcapFile(frames);

/** tshark's value of a field for every frame; '' where the frame has none. */
function column(field: string): string[] {
  return tsharkFields(savefile, ['frame.number', field]).map((row) => row[1] ?? '');
}

describe('conversation', () => {
  it('is the same for the same seed, and another for another', () => {
    assert.deepEqual(conversation({ seed: 7, rings: 3 }), frames);
    assert.notDeepEqual(conversation({ seed: 8, rings: 3 }), frames);
  });

  it('takes seed 0', () => {
    assert.notDeepEqual(conversation({ seed: 0, rings: 1 }), conversation({ seed: 1, rings: 1 }));
  });

  it('has frames that Ethernet can carry, at least two in five of either direction', () => {
    assert.ok(frames.length >= 1000);
    assert.ok(frames.every(({ bytes }) => bytes.length >= 60 && bytes.length <= 9014));
    const sent = frames.filter(({ direction }) => direction === 'tx').length / frames.length;
    assert.ok(sent >= 0.4 && sent <= 0.6, `${(100 * sent).toFixed(0)} % are tx`);
  });

  it('shows the most common protocols in the first 20 frames, and all in the first 50', () => {
    const summary = oracle('tcpdump', ['-nr', 'FILE', '-tqe'], savefile);
    const lines = summary.split('\n').filter((line) => line.includes(' > '));
    const details = oracle('tcpdump', ['-nr', 'FILE', '-t'], savefile).split('\n').slice(1);
    for (const wanted of [
      /^ARP, Request who-has 192\.0\.2\.1 /,
      /ARP, Reply/,
      /ICMP echo request/,
      /ICMP echo reply/,
      / A\? www\.example\.com/,
      /Flags \[S\],/,
      /Flags \[S\.\],/,
      /HTTP: GET/,
      /HTTP: HTTP\/1\.1 200 OK/,
      /Flags \[F\.\],/,
    ]) {
      assert.ok(
        details.slice(0, 20).some((line) => wanted.test(line)),
        String(wanted),
      );
    }
    for (const wanted of [
      /AAAA 2001:db8:/,
      /NXDomain/,
      /ICMP6, neighbor solicitation/,
      /ICMP6, neighbor advertisement/,
      /ICMP6, echo request/,
      /ICMP6, echo reply/,
    ]) {
      assert.ok(
        details.slice(0, 50).some((line) => wanted.test(line)),
        String(wanted),
      );
    }
    assert.ok(lines.slice(0, 50).some((line) => line.includes('vlan 42')));
    assert.ok(lines.slice(0, 50).some((line) => line.includes('length 9014:')));
  });

  it('is without a fault to tcpdump -vv', () => {
    const text = oracle('tcpdump', ['-nvvr', 'FILE'], savefile);
    assert.equal(
      text.match(/\bcksum 0x\w+ \(correct\)/g)?.length,
      column('tcp.port').filter(Boolean).length,
    );
    const faults = /\bbad |incorrect|wrong|invalid|truncated|unknown/i;
    assert.deepEqual(
      text.split('\n').filter((line) => faults.test(line)),
      [],
    );
  });

  it('is without a fault to tshark, which checks every checksum', () => {
    const checks = ['ip', 'tcp', 'udp'].flatMap((p) => ['-o', `${p}.check_checksum:TRUE`]);
    const faults = '_ws.malformed || _ws.expert.severity >= "Warning" || tcp.analysis.flags';
    const text = oracle('tshark', ['-r', 'FILE', ...checks, '-Y', faults], savefile);
    assert.doesNotMatch(text, / → /);
  });

  it('keeps a flow on one ring in both directions, and uses every ring', () => {
    const fields = ['ip.addr', 'ipv6.addr', 'tcp.port', 'udp.port'] as const;
    const rows = tsharkFields(savefile, ['frame.number', ...fields]);
    const ringOfFlow = new Map<string, number>();
    frames.forEach(({ ring }, i) => {
      const flow = (rows[i] ?? []).slice(1).map((pair) => pair.split(',').sort().join());
      const key = flow.join('|');
      assert.equal(ringOfFlow.get(key) ?? ring, ring, `frame ${i + 1}, flow ${key}`);
      ringOfFlow.set(key, ring);
    });
    for (const ring of [0, 1, 2]) {
      const share = [...ringOfFlow.values()].filter((other) => other === ring).length;
      assert.ok(
        share > ringOfFlow.size / 6,
        `${share} of ${ringOfFlow.size} flows on ring ${ring}`,
      );
    }
  });

  it('has documentation addresses and local MACs only', () => {
    for (const addresses of column('ip.addr')) {
      for (const address of addresses.split(',').filter(Boolean)) {
        assert.match(address, /^(192\.0\.2|198\.51\.100)\./);
      }
    }
    for (const addresses of column('ipv6.addr')) {
      for (const address of addresses.split(',').filter(Boolean)) {
        assert.match(address, /^2001:db8:|^ff02::1:ff/);
      }
    }
    for (const mac of new Set(column('eth.addr').flatMap((pair) => pair.split(',')))) {
      assert.match(mac, /^02:00:00:00:00:|^ff:ff:ff:ff:ff:ff$|^33:33:ff:/);
    }
  });
});

describe('packFrames', () => {
  it('is the header and the padded bytes of each frame, in host byte order', () => {
    const two: SimulatedFrame[] = [
      { direction: 'rx', ring: 0, bytes: new Uint8Array(61).fill(0xaa) },
      { direction: 'tx', ring: 258, bytes: new Uint8Array(64).fill(0xbb) },
    ];
    const packed = Buffer.from(packFrames(two));
    const little = endianness() === 'LE';
    const header = (text: string) => packed.indexOf(Buffer.from(text, 'hex'));
    assert.equal(packed.length, 8 + 64 + 8 + 64);
    assert.equal(header(little ? '3d00000000000100' : '0000003d00000100'), 0);
    assert.equal(header(little ? '4000000002010200' : '0000004001020200'), 72);
    assert.equal(packed.toString('hex', 8, 72), 'aa'.repeat(61) + '000000');
    assert.equal(packed.toString('hex', 80), 'bb'.repeat(64));
  });
});
