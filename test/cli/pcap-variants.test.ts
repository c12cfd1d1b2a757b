import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { conversation } from '../../src/sim/conversation.js';
import { temporaryFolder } from '../support/folder.js';
import { NMCAP, nmcap, shell, startNmcap, tsharkFields } from '../support/nmcap.js';
import { LAYOUTS, variantFile } from '../support/pcap-variant.js';
import { until } from '../support/until.js';

const folder = temporaryFolder();
const FRAMES = conversation({ seed: 9, rings: 1 })
  .slice(0, 100)
  .map(({ bytes }) => bytes);

/** What tshark reads of a file, a row for each packet. */
function rows(file: string): string[][] {
  return tsharkFields(file, 'frame.time_epoch', 'frame.len', 'frame.cap_len', 'eth.src', 'ip.id');
}

describe('a variant of classic pcap', () => {
  for (const layout of LAYOUTS) {
    for (const byteOrder of ['little', 'big'] as const) {
      it(`is read as tshark reads it: ${layout.name}, ${byteOrder}-endian`, () => {
        const file = path.join(folder, 'variant.pcap');
        const copy = path.join(folder, 'copy.pcapng');
        writeFileSync(file, variantFile(layout, FRAMES, { byteOrder }));
        const run = nmcap(['-r', file, '-w', copy]);
        assert.equal(run.stderr, '');
        const expected = rows(file);
        assert.equal(expected.length, FRAMES.length);
        assert.deepEqual(rows(copy), expected);
        const bytes = (name: string) => shell(`tshark -n -x -r '${name}'`).stdout;
        assert.equal(bytes(copy), bytes(file));

        // tshark does not guess on a pipe.
        const piped = spawnSync(NMCAP, ['-r', '-', '-w', '-'], { input: readFileSync(file) });
        assert.deepEqual(piped.stdout, readFileSync(copy));
      });
    }
  }

  for (const type of ['rh6_1pcap', 'suse6_3pcap', 'nokiapcap', 'modpcap']) {
    it(`is read as Wireshark writes it: ${type}`, () => {
      const [usual, written] = ['usual.pcap', type].map((name) => path.join(folder, name));
      assert.ok(usual !== undefined && written !== undefined);
      writeFileSync(usual, variantFile(LAYOUTS[0], FRAMES));
      assert.equal(shell(`editcap -F ${type} '${usual}' '${written}'`).status, 0);
      assert.notDeepEqual(readFileSync(written), readFileSync(usual));
      const run = nmcap(['-r', written, '-n', '-e', '-x']);
      assert.equal(run.stderr, '');
      assert.equal(run.stdout, nmcap(['-r', usual, '-n', '-e', '-x']).stdout);
    });
  }

  it("has FDDI's frames at their place, as AIX writes them", () => {
    const file = path.join(folder, 'aix.pcap');
    const copy = path.join(folder, 'aix.pcapng');
    // Frame control, addresses, LLC with SNAP, IPv4.
    const snap = Buffer.from(
      '500200000000020200000000 01aaaa0300000008 00'.replaceAll(' ', ''),
      'hex',
    );
    const frames = FRAMES.slice(0, 5).map((frame) =>
      Buffer.concat([Buffer.alloc(3), snap, frame.subarray(14)]),
    );
    const bytes = variantFile(LAYOUTS[0], frames, { linkType: 15 });
    bytes.set([2, 0, 2, 0], 4);
    writeFileSync(file, bytes);
    const run = nmcap(['-r', file, '-w', copy]);
    assert.equal(run.stderr, '');
    const shown = (name: string) =>
      tsharkFields(
        name,
        'frame.time_epoch',
        'frame.len',
        'frame.cap_len',
        'fddi.src',
        'frame.protocols',
      );
    assert.equal(shown(file).length, frames.length);
    assert.deepEqual(shown(copy), shown(file));
    assert.equal(shown(copy)[0]?.[1], String((frames[0]?.length ?? 0) - 3));
  });

  it('is not waited for: the first packet of a usual file in a pipe is shown at once', async () => {
    for (const first of [FRAMES[0], new Uint8Array(60), new Uint8Array(1)]) {
      const run = startNmcap(['-r', '-', '-#'], 'pipe');
      run.process.stdin?.write(variantFile(LAYOUTS[0], [first ?? assert.fail()]));
      await until(() => run.stdout().includes('\n'), run.stderr);
      run.process.stdin?.end();
      assert.equal(await run.ended(), 0);
    }
  });
});
