import assert from 'node:assert/strict';
import {
  createReadStream,
  createWriteStream,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, shell, startNmcap, tsharkFields } from '../support/nmcap.js';
import { makeFullPipe, makePipe } from '../support/pipe.js';
import { DISTINCT_SIGNAL_MS } from '../support/until.js';

const folder = temporaryFolder();
let pipes = 0;

const newPipe = () => path.join(folder, `pipe${pipes++}`);

describe('a named pipe as output', () => {
  for (const option of ['-w', '--stats-json']) {
    it(`ends at once on a signal before it has a reader: ${option}`, async () => {
      const kept = path.join(folder, 'kept');
      writeFileSync(kept, 'precious');
      const other = option === '-w' ? '--stats-json' : '-w';
      const run = startNmcap(['sim:em0', option, makePipe(newPipe()), other, kept]);
      // The outputs are opened next.
      await run.attached();
      run.process.kill('SIGINT');
      assert.equal(await run.ended(), 0);
      assert.match(run.stderr(), /^nmcap: sim:em0: .*\n$/);
      assert.equal(readFileSync(kept, 'utf8'), 'precious');
    });
  }

  it('waits for its reader, who gets everything', async () => {
    const [pipe, statsPipe] = [makePipe(newPipe()), makePipe(newPipe())];
    const [out, json] = [path.join(folder, 'out.pcapng'), path.join(folder, 'out.json')];
    const port = 'sim:em0@rate=max,count=20000';
    const run = startNmcap([port, '-B', '64', '-w', pipe, '--stats-json', statsPipe]);
    await run.attached();
    const readers = [
      pipeline(createReadStream(statsPipe), createWriteStream(json)),
      pipeline(createReadStream(pipe), createWriteStream(out)),
    ];
    assert.equal(await run.ended(), APPLICATION_LEFT, run.stderr());
    await Promise.all(readers);
    const packets = tsharkFields(out, 'frame.number').length;
    const { written } = JSON.parse(readFileSync(json, 'utf8')) as { written: number };
    assert.ok(packets > 0);
    assert.equal(packets, written);
    assert.match(run.stderr(), new RegExp(` written .* ${written}\n`));
    assert.ok(statSync(pipe).isFIFO());
  });

  it('does not block signals when its reader has stalled', async () => {
    const path = newPipe();
    const pipe = makeFullPipe(path);
    const run = startNmcap(['sim:em0@rate=max', '-w', path]);
    await run.attached();
    run.process.kill('SIGTERM');
    await sleep(DISTINCT_SIGNAL_MS);
    assert.equal(run.process.exitCode, null);
    run.process.kill('SIGTERM');
    assert.equal(await run.ended(), 'SIGTERM');
    pipe.close();
  });

  it('ends quietly when its reader has had enough', () => {
    const pipe = makePipe(newPipe());
    const run = shell(
      `nmcap sim:em0@rate=max -w '${pipe}' & head -c 5000 '${pipe}' | wc -c; wait $!; echo "$?"`,
    );
    assert.deepEqual(run.stdout.trim().split('\n'), ['5000', '0']);
    assert.equal(run.stderr.trim().split('\n').length, 1, run.stderr);
  });
});
