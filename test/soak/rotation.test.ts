import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { carry } from '../../src/library/carry.js';
import { openDevice } from '../../src/library/open-device.js';
import { parsePortName } from '../../src/monitor/port-name.js';
import { CountingSink } from '../../src/sink/counting.js';
import { Completion } from '../../src/sink/rotation/completion.js';
import { PcapngFileFormat } from '../../src/sink/rotation/format.js';
import { FileSeries } from '../../src/sink/rotation/series.js';
import { SeriesSink } from '../../src/sink/rotation/sink.js';
import { PRIVATE_MODE } from '../../src/sink/safe-open.js';
import { totals } from '../../src/stats/stats.js';
import { temporaryFolder } from '../support/folder.js';
import { monitorOptions } from '../support/monitor-options.js';
import { monitorSource } from '../support/monitor-source.js';
import { SequenceCheck } from '../support/sequence.js';
import { readBlocks } from '../support/statistics.js';

const folder = temporaryFolder();

/** Shorter than any that can be asked for, so that there are many. */
const PERIOD = 0.02;
const FILES = 201;

for (const [writer, sinks] of [
  ['the source', []],
  ['JavaScript', [new CountingSink()]],
] as const) {
  describe(`two hundred switches by the clock at full rate, the files written by ${writer}`, () => {
    it('leave every frame in the file of its period', async () => {
      const here = path.join(folder, writer.replaceAll(' ', '-'));
      const unused = () => assert.fail('nothing else is reported, printed or run');
      const port = parsePortName('sim:em0@rate=max,length=60,rings=2');
      const source = monitorSource(monitorOptions([port.text]), await openDevice([port]), unused);
      const period = { seconds: PERIOD, aligned: false };
      const rotation = { size: undefined, period, keep: undefined, fileLimit: undefined };
      const completion = new Completion(unused);
      const series = new FileSeries(`${here}.pcapng`, rotation, PRIVATE_MODE, completion);
      const sink = new SeriesSink(series, new PcapngFileFormat(), {
        maxSize: undefined,
        compression: undefined,
        live: true,
        warn: unused,
      });
      const written = () =>
        readdirSync(folder)
          .filter((name) => name.startsWith(path.basename(here)))
          .sort()
          .map((name) => path.join(folder, name));
      const enough = new AbortController();
      const poll = setInterval(() => {
        if (written().length >= FILES) enough.abort();
      }, 50);
      await carry(source, { packets: [sink, ...sinks], others: [] }, enough.signal);
      clearInterval(poll);

      const files = written();
      const sequence = new SequenceCheck();
      let before: number | undefined;
      let received = 0;
      for (const file of files) {
        const { packets, first, last } = await sequence.add(file);
        const [statistics] = readBlocks(readFileSync(file)).statistics;
        assert.equal(statistics?.delivered, packets);
        received += statistics.received;
        if (packets === 0) continue;
        assert.ok(last - first < PERIOD * 1e6, file);
        if (before !== undefined) assert.ok(first >= before, file);
        before = last;
      }
      const { total } = totals(source.stats().rings);
      assert.equal(sink.packets, sequence.packets);
      assert.equal(total.passed - total.discarded, sequence.packets);
      assert.equal(received, total.seen);
      assert.ok(sequence.missing <= (total.lost ?? 0) + total.discarded);
    });
  });
}
