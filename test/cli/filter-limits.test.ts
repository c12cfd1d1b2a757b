import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, nmcap } from '../support/nmcap.js';
import { pcapFile } from '../support/pcap.js';

const folder = temporaryFolder();

const ETHERNET = '020000000002020000000001';

/** An IPv6 authentication header whose successor, by its length, is itself. */
const ENDLESS = Buffer.from(
  [ETHERNET, '86dd', '6000000000283340', '00'.repeat(32), '3308', '00'.repeat(38)].join(''),
  'hex',
);

/** UDP to port 2000 whose data are this number. */
function datagram(number: number): Buffer {
  const headers = [
    ETHERNET,
    '0800',
    '450000200001000040110000c0000201c0000202',
    '03e807d0000c0000',
    '00000000',
  ];
  const frame = Buffer.from(headers.join(''), 'hex');
  frame.writeUInt32BE(number, frame.length - 4);
  return frame;
}

function write(name: string, frames: readonly Buffer[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, pcapFile(frames.map((bytes) => ({ bytes }))));
  return file;
}

describe('filters at their limits', () => {
  it('give up on a frame that would keep them busy for ever, and report it once', () => {
    const file = write('endless.pcap', Array<Buffer>(1000).fill(ENDLESS));
    const { status, stdout, stderr } = nmcap(['-r', file, '--count', 'ip6 protochain 58']);
    assert.equal(status, 0, stderr);
    assert.equal(stdout, '0 packets\n');
    assert.equal(
      stderr,
      'nmcap: 1000 frames took the filter more than 2048 steps, and did not pass\n',
    );
  });

  it('give up on it in a live capture too', () => {
    const file = write('one.pcap', [ENDLESS, datagram(1)]);
    const { status, stderr } = nmcap([`sim:em0@replay=${file}`, 'ip6 protochain 58']);
    assert.equal(status, APPLICATION_LEFT, stderr);
    assert.match(
      stderr,
      /^nmcap: 1 frame took the filter more than 2048 steps, and did not pass$/m,
    );
    assert.match(stderr, /^ {2}seen .* 2$/m);
  });

  it('see a mask of all bits as it is', () => {
    const file = write('mask.pcap', [datagram(0), datagram(1)]);
    for (const filter of ['udp[8:4] & 0xffffffff != 0', 'udp[8:4] & 0xffffffff = 0']) {
      assert.equal(nmcap(['-r', file, '--count', filter]).stdout, '1 packet\n');
    }
  });
});
