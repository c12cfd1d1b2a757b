import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import fc from 'fast-check';

import {
  type ControlMessage,
  encodeControlMessage,
  takeControlMessage,
} from '../../../src/extcap/control-message.js';

const message = fc.record(
  { control: fc.nat(255), command: fc.nat(255), payload: fc.string() },
  { noNullPrototype: true },
);

/** All messages, and how many bytes are left. */
function takeAll(bytes: Uint8Array): { messages: ControlMessage[]; left: number } {
  const messages: ControlMessage[] = [];
  let rest = bytes;
  for (let taken = takeControlMessage(rest); taken; taken = takeControlMessage(rest)) {
    assert.ok(taken.rest.length < rest.length);
    messages.push(taken.message);
    rest = taken.rest;
  }
  return { messages, left: rest.length };
}

describe('a control message', () => {
  it('has the bytes that extcap(4) wants', () => {
    const bytes = encodeControlMessage({ control: 3, command: 6, payload: 'hi' });
    assert.deepEqual([...bytes], [0x54, 0, 0, 4, 3, 6, 0x68, 0x69]);
  });

  it('is read as it was written, whole, after others, and in pieces', () => {
    fc.assert(
      fc.property(fc.array(message), (messages) => {
        const bytes = Buffer.concat(messages.map(encodeControlMessage));
        assert.deepEqual(takeAll(bytes), { messages, left: 0 });
        for (const cut of [1, bytes.length >> 1]) {
          const begun = takeAll(bytes.subarray(0, bytes.length - cut));
          assert.ok(begun.messages.length <= messages.length);
          assert.deepEqual(begun.messages, messages.slice(0, begun.messages.length));
        }
      }),
    );
  });

  it('is cut off where it is too long to be read', () => {
    const bytes = encodeControlMessage({ control: 0, command: 2, payload: 'x'.repeat(100_000) });
    const { messages, left } = takeAll(bytes);
    assert.equal(left, 0);
    assert.equal(messages[0]?.payload.length, 65535);
  });

  it('is never read beyond the bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const { messages, left } = takeAll(bytes);
        assert.ok(left + 6 * messages.length <= bytes.length);
      }),
      { numRuns: Number(process.env['NMCAP_FUZZ_RUNS'] ?? 1000) },
    );
  });

  it('is not looked for by a stack as deep as the bytes are many', () => {
    assert.equal(takeControlMessage(Buffer.alloc(1 << 20, 'T')), undefined);
  });

  it('is found after bytes that are none', () => {
    const wanted: ControlMessage = { control: 1, command: 1, payload: '' };
    const bytes = Buffer.concat([
      Buffer.from('noise T\xff\xff\xff', 'latin1'),
      encodeControlMessage(wanted),
    ]);
    assert.deepEqual(takeAll(bytes), { messages: [wanted], left: 0 });
  });
});
