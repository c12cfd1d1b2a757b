import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { temporaryFolder } from '../support/folder.js';
import { nmcap, startNmcap, tsharkFields } from '../support/nmcap.js';
import { SequenceCheck } from '../support/sequence.js';

const folder = temporaryFolder();

const PROGRAMS = { gz: 'gzip', zst: 'zstd' } as const;

/** What the program that made the format known gets out of a file, which it must find whole. */
function decompressed(file: string, ending: keyof typeof PROGRAMS): Buffer {
  const run = spawnSync(PROGRAMS[ending], ['-dc', file], { maxBuffer: 1 << 28 });
  assert.equal(run.status, 0, run.stderr.toString());
  return run.stdout;
}

function written(stderr: string): number {
  return Number(/^ {2}written .*?(\d+)$/m.exec(stderr)?.[1] ?? NaN);
}

describe('the table', () => {
  it('says that compression was the cause of discards, and only then', () => {
    const load = ['sim:em0@rate=max', '-c', '300000', '-B', '2'];
    const slow = nmcap([...load, '-w', path.join(folder, 'slow.pcapng.gz')]);
    assert.ok(Number(/^ {2}discarded by nmcap .*?(\d+)$/m.exec(slow.stderr)?.[1]) > 0);
    assert.match(slow.stderr, /^ {2}discarded: compression could not keep up$/m);
    const plain = nmcap([...load, '-w', path.join(folder, 'plain.pcapng')]);
    assert.doesNotMatch(plain.stderr, /compression/);
  });
});

for (const ending of ['gz', 'zst'] as const) {
  describe(`files that end in .${ending}`, () => {
    for (const format of ['pcapng', 'pcap'] as const) {
      it(`are ${format} for tshark, ${PROGRAMS[ending]} and nmcap -r`, () => {
        const file = path.join(folder, `whole.${format}.${ending}`);
        const run = nmcap(['sim:em0@rate=20000', '-c', '20000', '-w', file]);
        assert.equal(run.status, 0, run.stderr);
        assert.equal(written(run.stderr), 20_000);
        assert.equal(nmcap(['-r', file, '--count']).stdout, '20000 packets\n');
        assert.equal(tsharkFields(file, 'frame.number').length, 20_000);
        const plain = decompressed(file, ending);
        assert.equal(plain.readUInt32LE(0), format === 'pcap' ? 0xa1b2c3d4 : 0x0a0d0d0a);
        assert.ok(statSync(file).size < plain.length);
      });
    }

    it('may have text, and other packets of a savefile', () => {
      const text = path.join(folder, `text.json.${ending}`);
      const run = nmcap(['sim:em0', '-c', '200', '--json', '--output', text]);
      assert.equal(run.status, 0, run.stderr);
      const lines = decompressed(text, ending).toString().trim().split('\n');
      assert.equal(lines.length, 200);
      for (const line of lines) JSON.parse(line);

      const from = path.join(folder, `whole.pcapng.${ending}`);
      const to = path.join(folder, `copy.pcapng.${ending}`);
      assert.equal(nmcap(['-r', from, '-w', to, 'udp']).status, 0);
      assert.equal(
        nmcap(['-r', to, '--count']).stdout,
        nmcap(['-r', from, '--count', 'udp']).stdout,
      );
    });

    it('are whole where nothing is in them', () => {
      const file = path.join(folder, `empty.txt.${ending}`);
      const run = nmcap(['sim:em0', '--duration', '0.3', '--output', file, 'port', '1']);
      assert.equal(run.status, 0, run.stderr);
      assert.equal(decompressed(file, ending).length, 0);
    });

    it('end with a clear error where the disk is full', () => {
      const file = path.join(folder, `full.pcapng.${ending}`);
      symlinkSync('/dev/full', file);
      const run = nmcap(['sim:em0@rate=max', '-c', '1000', '-w', file]);
      assert.equal(run.status, 1);
      assert.match(run.stderr, /the disk is full/);
    });

    it('are not larger than -C says, and nearly as large', () => {
      const here = path.join(folder, `size-${ending}`);
      mkdirSync(here);
      const run = nmcap([
        'sim:em0@rate=max',
        ...['-c', '60000', '-w', path.join(here, `a.pcapng.${ending}`), '-C', '80K'],
      ]);
      assert.equal(run.status, 0, run.stderr);
      const files = readdirSync(here)
        .sort()
        .map((name) => path.join(here, name));
      assert.ok(files.length > 3, `${files.length} files`);
      let packets = 0;
      for (const [i, file] of files.entries()) {
        const { size } = statSync(file);
        assert.ok(size <= 81_920, `${file}: ${size}`);
        if (i < files.length - 1) assert.ok(size > 70_000, `${file}: ${size}`);
        packets += Number(/^\d+/.exec(nmcap(['-r', file, '--count']).stdout)?.[0]);
      }
      assert.equal(packets, 60_000);
    });

    it('can be read to the last second when nmcap was killed', async () => {
      const file = path.join(folder, `killed.pcapng.${ending}`);
      const { process: child } = startNmcap(['sim:em0@rate=1000,length=60', '-w', file]);
      while (!existsSync(file) || statSync(file).size < 1000) await sleep(20);
      const beganAt = Date.now() - 1100;
      await sleep(3000);
      child.kill('SIGKILL');
      await once(child, 'close');
      const endedAt = Date.now();
      if (ending === 'gz') decompressed(file, ending);
      const sequence = new SequenceCheck();
      const { first, last } = await sequence.add(file, true);
      assert.equal(sequence.missing, 0);
      assert.ok(first / 1000 < beganAt + 1100);
      assert.ok(endedAt - last / 1000 < 1600, `${endedAt - last / 1000} ms are not there`);
      assert.equal(tsharkFields(file, 'frame.number').length, sequence.packets);
    });
  });
}
