import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { NmcapError } from '../../../../src/errors.js';
import { FileOutput } from '../../../../src/output.js';
import { CompressedTarget } from '../../../../src/sink/rotation/compressed-target.js';
import { PcapngFileFormat } from '../../../../src/sink/rotation/format.js';
import { type FileTarget, PlainTarget } from '../../../../src/sink/rotation/target.js';
import { temporaryFolder } from '../../../support/folder.js';
import { ETHERNET, packetBlock, readBytes } from '../../../support/savefile.js';

const folder = temporaryFolder();
const section = { byteOrder: 'little', interfaces: [ETHERNET] } as const;

/** A disk that has room for so many bytes, until more is made. */
class FullOutput extends FileOutput {
  room: number;

  constructor(file: string, room: number) {
    super(file, fs.openSync(file, 'ax'));
    this.room = room;
  }

  override async write(bytes: Uint8Array): Promise<void> {
    const fits = bytes.subarray(0, this.room - this.written);
    await super.write(fits);
    if (fits.length < bytes.length) throw new NmcapError('NM_DISK_FULL', 'full');
  }
}

for (const kind of ['plain', 'compressed'] as const) {
  describe(`a ${kind} file on a full disk`, () => {
    const write = async (name: string, makesRoom: boolean) => {
      const file = path.join(folder, `${kind}-${name}`);
      const output = new FullOutput(file, 150);
      const makeRoom = () => {
        output.room += makesRoom ? 100 : 0;
        return makesRoom;
      };
      const format = new PcapngFileFormat();
      const target: FileTarget =
        kind === 'plain'
          ? new PlainTarget(output, format, makeRoom)
          : new CompressedTarget(output, 'gzip', makeRoom);
      await target.write(format.begin(section), 0);
      await target.flush();
      const packets = Array.from({ length: 20 }, (_, i) =>
        packetBlock('little', { data: Uint8Array.of(i, 7 * i, 31 * i, 5, i * i) }),
      );
      const writing = target.write(Buffer.concat(packets), packets.length);
      const finished = writing.then(() => target.finish());
      const failure = await finished.then(() => undefined).catch((error: unknown) => error);
      await target.close();
      return { bytes: fs.readFileSync(file), target, failure };
    };

    it('goes on where room was made, and has everything once', async () => {
      const { bytes, target, failure } = await write('room', true);
      assert.equal(failure, undefined);
      assert.equal(target.packets, 20);
      assert.equal(target.bytes, bytes.length);
      const { packets, error } = await readBytes(bytes);
      assert.equal(error, undefined);
      assert.deepEqual(
        packets.map(({ data }) => parseInt(data.slice(0, 2), 16)),
        Array.from({ length: 20 }, (_, i) => i),
      );
    });

    it('is whole, with what fitted, where none was', async () => {
      const { bytes, target, failure } = await write('none', false);
      assert.ok(failure instanceof NmcapError);
      const { packets, error } = await readBytes(bytes);
      assert.equal(error, undefined);
      assert.equal(packets.length, target.packets);
      assert.equal(target.bytes, bytes.length);
      assert.ok(packets.length < 20);
    });
  });
}
