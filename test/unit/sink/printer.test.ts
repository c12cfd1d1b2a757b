import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { carry } from '../../../src/library/carry.js';
import type { Output } from '../../../src/output.js';
import type { PacketBatch } from '../../../src/pcapng/batch.js';
import type { PacketCursor } from '../../../src/pcapng/cursor.js';
import { PrinterSink } from '../../../src/sink/printer.js';
import type { Source } from '../../../src/source.js';
import type { LineBuffer } from '../../../src/text/line.js';
import { ETHERNET, packetBlock } from '../../support/savefile.js';

/** Of a line that the printer below makes; more than any buffer of the sink holds at once. */
const LINE = 1000;
const BATCH_PACKETS = 700;

/** Prints the packet's first byte again and again. */
const printer = {
  print({ bytes, dataOffset }: PacketCursor, line: LineBuffer): void {
    for (let i = 1; i < LINE; i++) line.byte(bytes[dataOffset] ?? 0);
    line.byte(0x0a);
  },
};

function batchOf(letter: string): PacketBatch {
  const block = packetBlock('little', { data: Buffer.from(letter) });
  return {
    kind: 'packets',
    bytes: Buffer.concat(Array.from({ length: BATCH_PACKETS }, () => block)),
    packetCount: BATCH_PACKETS,
    section: { byteOrder: 'little', interfaces: [ETHERNET] },
    release: () => undefined,
  };
}

/** A batch of one packet. */
function small(letter: string): PacketBatch {
  const batch = batchOf(letter);
  const bytes = batch.bytes.subarray(0, batch.bytes.length / BATCH_PACKETS);
  return { ...batch, bytes, packetCount: 1 };
}

/** Accepts what it was given when take() is called. */
class SlowOutput implements Output {
  readonly name = 'slow';
  text = '';
  longest = 0;
  isClosed = false;
  #pending: { readonly bytes: Uint8Array; settle: (failure?: Error) => void } | undefined;

  get isBusy(): boolean {
    return this.#pending !== undefined;
  }

  write(bytes: Uint8Array): Promise<void> {
    assert.equal(this.#pending, undefined, 'one write at a time');
    this.longest = Math.max(this.longest, bytes.length);
    return new Promise((resolve, reject) => {
      const settle = (failure?: Error) => {
        if (failure === undefined) resolve();
        else reject(failure);
      };
      this.#pending = { bytes, settle };
    });
  }

  take(failure?: Error): void {
    const pending = this.#pending;
    assert.ok(pending);
    this.#pending = undefined;
    if (failure === undefined) this.text += Buffer.from(pending.bytes).toString();
    pending.settle(failure);
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('PrinterSink', () => {
  it('writes all lines in their order, in pieces, whenever the output takes them', async () => {
    const output = new SlowOutput();
    const sink = new PrinterSink(printer, output);
    const letters = ['a', 'b', 'c', 'd', 'e', 'f'];
    const printing = (async () => {
      for (const letter of letters) await sink.write(batchOf(letter));
      await sink.end();
    })();
    while (!output.isClosed) {
      if (output.isBusy) output.take();
      await turn();
    }
    await printing;
    const expected = letters
      .map((letter) => `${letter.repeat(LINE - 1)}\n`.repeat(BATCH_PACKETS))
      .join('');
    assert.equal(output.text, expected);
    assert.ok(output.longest < 1 << 19);
  });

  it('is done with a batch while its lines are being written', async () => {
    const output = new SlowOutput();
    const sink = new PrinterSink(printer, output);
    const batch = batchOf('a');
    const small = { ...batch, bytes: batch.bytes.subarray(0, 10 * (batch.bytes.length / 700)) };
    await sink.write(small);
    await sink.write(small);
    assert.ok(output.isBusy);
    output.take();
    await turn();
    // Those of the second batch have waited.
    assert.equal(output.text.length, 10 * LINE);
    output.take();
    await sink.end();
    assert.equal(output.text.length, 20 * LINE);
  });

  it('ends the capture when a write fails between two batches, and throws the reason', async () => {
    const output = new SlowOutput();
    const sink = new PrinterSink(printer, output);
    let stopped = false;
    sink.begin({ byteOrder: 'little', interfaces: [] }, () => {
      stopped = true;
    });
    const batch = batchOf('a');
    await sink.write({ ...batch, bytes: batch.bytes.subarray(0, batch.bytes.length / 700) });
    assert.equal(stopped, false);
    const failure = new Error('the reader has gone');
    output.take(failure);
    await turn();
    assert.equal(stopped, true);
    await assert.rejects(Promise.resolve(sink.end()), failure);
    assert.ok(output.isClosed);
  });

  it('writes nothing more once a write has failed', async () => {
    const output = new SlowOutput();
    const sink = new PrinterSink(printer, output);
    await sink.write(small('a'));
    await sink.write(small('b'));
    output.take();
    await turn();
    assert.equal(sink.packets, 1);
    const failure = new Error('the reader has gone');
    output.take(failure);
    await turn();
    await assert.rejects(sink.write(small('c')), failure);
    assert.equal(output.isBusy, false);
    await assert.rejects(sink.end(), failure);
    assert.equal(sink.packets, 1);
    assert.ok(output.isClosed);
  });

  it('has carry() end although the source is quiet', async () => {
    const output = new SlowOutput();
    const batch = batchOf('a');
    const source: Source = {
      section: batch.section,
      async *batches(signal) {
        yield { ...batch, bytes: batch.bytes.subarray(0, batch.bytes.length / 700) };
        const failure = new Error('the reader has gone');
        setImmediate(() => {
          output.take(failure);
        });
        await once(signal, 'abort');
      },
      stats: () => ({ rings: [], startedAt: undefined, endedAt: undefined }),
      close: () => undefined,
    };
    const never = new AbortController().signal;
    await assert.rejects(
      carry(source, { packets: [new PrinterSink(printer, output)], others: [] }, never),
      /the reader has gone/,
    );
  });
});
