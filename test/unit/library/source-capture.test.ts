import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Batch, NmcapError } from '../../../src/index.js';
import { Limits } from '../../../src/library/limits.js';
import { SourceCapture } from '../../../src/library/source-capture.js';
import type { Batch as Yielded, PacketBatch } from '../../../src/pcapng/batch.js';
import type { Source } from '../../../src/source.js';
import { ETHERNET, packetBlock } from '../../support/savefile.js';

const SECTION = { byteOrder: 'little', interfaces: [ETHERNET] } as const;

/** A live source of so many batches, which then waits until it is stopped; what becomes of it. */
function captureOf(batches: number, { duration }: { duration?: number } = {}) {
  const log: string[] = [];
  const batch = (number: number, packetCount = 1): PacketBatch => ({
    kind: 'packets',
    bytes: packetCount === 0 ? new Uint8Array(0) : packetBlock('little'),
    packetCount,
    section: SECTION,
    release: () => log.push(`release ${number}`),
  });
  const source: Source = {
    section: SECTION,
    async *batches(signal: AbortSignal): AsyncGenerator<Yielded> {
      yield batch(0, 0);
      yield { kind: 'triggered', time: 7, bySignal: true };
      for (let number = 1; number <= batches; number++) yield batch(number);
      const stopped = new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
        if (signal.aborted) resolve(undefined);
      });
      await stopped;
      yield batch(batches + 1);
    },
    stats: () => ({ rings: [], startedAt: undefined, endedAt: undefined }),
    close: () => {
      if (log.at(-1) !== 'close') log.push('close');
    },
  };
  const abort = new AbortController();
  return { capture: new SourceCapture(source, new Limits(abort.signal, duration)), log, abort };
}

/** A monitor's drain keeps the process alive, which this source does not. */
const alive = setInterval(() => undefined, 1000);
after(() => {
  clearInterval(alive);
});

const isMisuse = (error: unknown) => error instanceof NmcapError && error.code === 'NM_USAGE';

describe('a capture that is iterated over', () => {
  it('lends each batch until the next step, and closes itself when its signal is aborted', async () => {
    const { capture, log, abort } = captureOf(2);
    const seen: Batch[] = [];
    for await (const batch of capture) {
      assert.equal(batch.packets.next(), true);
      assert.equal(batch.packets.next(), false);
      assert.deepEqual(log.at(-1), `release ${seen.length}`);
      seen.push(batch);
      if (seen.length === 2) abort.abort();
    }
    assert.equal(seen.length, 3, 'what had come by then is handed out');
    assert.ok(seen.every(({ packets }) => packets === seen[0]?.packets));
    assert.deepEqual(
      seen.map(({ trigger }) => trigger),
      [{ time: 7, byCall: true }, undefined, undefined],
    );
    assert.deepEqual(log, ['release 0', 'release 1', 'release 2', 'release 3', 'close']);
  });

  it('is closed where the loop is left', async () => {
    for (const leave of ['break', 'throw']) {
      const { capture, log } = captureOf(3);
      await assert.rejects(async () => {
        for await (const { packetCount } of capture) {
          assert.equal(packetCount, 1);
          if (leave === 'break') break;
          throw new Error('left');
        }
        throw new Error('left');
      }, /left/);
      assert.deepEqual(log, ['release 0', 'release 1', 'close']);
    }
  });

  it('ends after its duration, however long that is', async () => {
    const { capture, log } = captureOf(0, { duration: 0.02 });
    let batches = 0;
    for await (const { packetCount } of capture) batches += packetCount;
    assert.deepEqual([batches, log.at(-1)], [1, 'close']);

    const { capture: long, abort } = captureOf(0, { duration: 10_000_000 });
    const reading = long[Symbol.asyncIterator]().next();
    const first = await Promise.race([reading.then(() => 'ended'), sleep(50, 'goes on')]);
    assert.equal(first, 'goes on');
    abort.abort();
    await reading;
  });

  it('is read once', async () => {
    const { capture, abort } = captureOf(1);
    abort.abort();
    for await (const { packetCount } of capture) assert.equal(packetCount, 1);
    assert.throws(() => capture[Symbol.asyncIterator](), isMisuse);
    await assert.rejects(capture.writeTo({} as never), isMisuse);
  });
});

describe('a capture that is closed', () => {
  it('hands out nothing more to who waits for it', async () => {
    const { capture, log } = captureOf(0);
    const next = capture[Symbol.asyncIterator]().next();
    await sleep(1);
    capture.close();
    assert.deepEqual(await next, { done: true, value: undefined });
    assert.deepEqual(log, ['release 0', 'release 1', 'close']);
  });

  it('releases the batch that somebody has', async () => {
    const { capture, log } = captureOf(3);
    const iterator = capture[Symbol.asyncIterator]();
    await iterator.next();
    await capture[Symbol.asyncDispose]();
    assert.deepEqual(log, ['release 0', 'release 1', 'close']);
    assert.deepEqual(await iterator.next(), { done: true, value: undefined });
  });

  it('closes the source though nobody has read it, or has only begun to', async () => {
    const { capture, log } = captureOf(3);
    {
      using unread = capture;
      assert.equal(unread.section, SECTION);
    }
    assert.deepEqual(log, ['close']);
    const { capture: begun, log: other } = captureOf(3);
    begun[Symbol.asyncIterator]();
    begun.close();
    begun.close();
    assert.deepEqual(other, ['close']);
    await assert.rejects(async () => {
      for await (const batch of capture) assert.fail(String(batch.packetCount));
    }, isMisuse);
  });
});
