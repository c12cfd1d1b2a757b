import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { constants, gunzipSync, gzipSync } from 'node:zlib';

import { NmcapError } from '../../../src/errors.js';
import { GunzipInput } from '../../../src/savefile/gunzip-input.js';
import { openSavefile } from '../../../src/savefile/open.js';
import { conversation } from '../../../src/sim/conversation.js';
import { Random } from '../../../src/sim/random.js';
import { pcapFile } from '../../support/pcap.js';
import { memoryInput, ownFile, packetBlock, readBytes } from '../../support/savefile.js';

async function faultOf(bytes: Uint8Array): Promise<NmcapError> {
  const error = await readBytes(bytes).then(
    (result) => result.error,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof NmcapError);
  return error;
}

describe('a savefile that is not whole', () => {
  const file = ownFile('little');
  const whole = readBytes(file);

  it('is read up to any place at which it is cut off', async () => {
    const { packets } = await whole;
    const ends = [0, 0, 0].map(
      (_, i) => file.indexOf(packetBlockNumber(i)) + packetBlockNumber(i).length,
    );
    for (let length = 4; length < file.length; length++) {
      const cut = file.subarray(0, length);
      const result = await readBytes(cut).catch((error: unknown) => ({ error, packets: [] }));
      assert.deepEqual(
        result.packets,
        packets.slice(0, ends.filter((end) => end <= length).length),
      );
      if (result.error === undefined) continue;
      assert.ok(result.error instanceof NmcapError);
      assert.match(
        result.error.message,
        /^savefile is truncated: file ends mid-block at byte \d+$/,
      );
    }
  });

  function packetBlockNumber(i: number): Uint8Array {
    return (
      [
        packetBlock('little', { flags: 1, queue: 0 }),
        packetBlock('little', { flags: 2, queue: 1, comments: ['3 frames were lost', 'in all'] }),
        packetBlock('little', { interfaceId: 1, ticks: 1_700_000_000_123_456_789n }),
      ][i] ?? new Uint8Array(0)
    );
  }

  it('is read up to the damage, which is reported with its place', async () => {
    const at = file.indexOf(packetBlockNumber(1));
    const damaged = Buffer.from(file);
    damaged.writeUInt32LE(77, at + 4);
    const { packets, error } = await readBytes(damaged);
    assert.equal(packets.length, 1);
    assert.ok(error instanceof NmcapError);
    assert.equal(error.code, 'NM_BAD_SAVEFILE');
    assert.equal(error.message, `savefile is damaged at byte ${at}: a block of 77 bytes`);

    const compressed = await faultOf(gzipSync(damaged));
    assert.equal(
      compressed.message,
      `savefile is damaged at byte ${at} of the uncompressed data: a block of 77 bytes`,
    );
  });

  it('is read up to where its compressed data ends', async () => {
    const frames = conversation({ seed: 3, rings: 1 });
    const compressed = gzipSync(pcapFile(frames));
    const { packets, error } = await readBytes(compressed.subarray(0, compressed.length / 2));
    assert.ok(packets.length > 100);
    assert.ok(error instanceof NmcapError);
    assert.match(error.message, /byte \d+ of the uncompressed data: the compressed data ends or/);
  });

  it('is read up to the byte at which its compressed data are damaged', async () => {
    const file = pcapFile(conversation({ seed: 3, rings: 1 }));
    const compressed = gzipSync(file);
    const random = new Random(1);
    for (let i = 0; i < 12; i++) {
      const damaged = Buffer.from(compressed);
      const place = random.between(20, damaged.length - 1);
      damaged[place] = (damaged[place] ?? 0) ^ (1 << random.between(0, 7));
      const { bytes, fault } = await inflated(damaged);
      // A wrong bit may be found out much later; or never, but for the end that is missing.
      const at = Number(/ at byte (\d+)$/.exec(fault)?.[1] ?? damaged.length);
      assert.ok(fault !== '' && at >= place, fault);
      // All bytes up to that one; zlib needs to know that no more follow.
      const sound = gunzipSync(damaged.subarray(0, at), { finishFlush: constants.Z_SYNC_FLUSH });
      assert.deepEqual(bytes, sound);
    }
  });

  it('is read to its end if only its checksum is wrong', async () => {
    const file = ownFile('little');
    const compressed = gzipSync(file);
    const at = compressed.length - 8;
    compressed.writeUInt32LE(0, at);
    const { packets, error } = await readBytes(compressed);
    assert.equal(packets.length, (await whole).packets.length);
    assert.ok(error instanceof NmcapError);
    assert.equal(
      error.message,
      `savefile is damaged at byte ${file.length} of the uncompressed data: ` +
        `the compressed data ends or is corrupt (incorrect data check at byte ${at + 3})`,
    );
  });

  /** All that is inflated, in portions as small as they come from a pipe, and what ended it. */
  async function inflated(compressed: Uint8Array): Promise<{ bytes: Buffer; fault: string }> {
    const input = new GunzipInput(memoryInput(compressed, 5000));
    const parts: Uint8Array[] = [];
    const buffer = new Uint8Array(1000);
    try {
      for (;;) {
        const count = await input.read(buffer);
        if (count === 0) return { bytes: Buffer.concat(parts), fault: '' };
        parts.push(buffer.slice(0, count));
      }
    } catch (error) {
      return { bytes: Buffer.concat(parts), fault: (error as Error).message };
    } finally {
      await input.close();
    }
  }

  it('may be no savefile at all', async () => {
    assert.equal((await faultOf(new Uint8Array(0))).message, 'savefile is empty');
    assert.equal(
      (await faultOf(Buffer.from('hello'))).message,
      'savefile is neither a pcapng nor a pcap file: it begins with the bytes 68 65 6c 6c',
    );
    assert.match((await faultOf(gzipSync('hello'))).message, /begins with the bytes 68 65 6c 6c/);
    assert.match((await faultOf(Uint8Array.of(0x1f, 0x8b, 8))).message, /cannot read savefile/);
  });

  it('may not be there, or be a folder', async () => {
    for (const path of [join(tmpdir(), 'nmcap-missing', 'x.pcap'), tmpdir()]) {
      await assert.rejects(openSavefile(path), (error) => {
        assert.ok(error instanceof NmcapError);
        assert.equal(error.code, 'NM_INPUT');
        assert.match(
          error.message,
          /^cannot read .*: (no such file or directory|is a directory, not a file)$/,
        );
        return true;
      });
    }
  });
});
