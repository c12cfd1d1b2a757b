import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { TcpFlows } from '../../../../src/decode/tcp/flows.js';

type Key = readonly [number, number, number];

/** A small generator of pseudo-random words (xorshift32). */
function words(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state | 0;
  };
}

const MULTIPLIER = 0x9e3779b1;

/** The number whose product with the odd `factor` is 1 modulo 2^32 (Newton's iteration). */
function inverse(factor: number): number {
  let result = factor;
  for (let i = 0; i < 5; i++) result = Math.imul(result, 2 - Math.imul(factor, result));
  return result;
}

/**
 * Keys that all hash alike with the unseeded hash that the table once had: a step of it can be undone,
 * so that there is a last word that leads to any wanted product.
 */
function collidingKeys(count: number): Key[] {
  const next = words(1);
  const undo = inverse(MULTIPLIER);
  const step = (hash: number, word: number) => {
    const product = Math.imul(hash ^ word, MULTIPLIER);
    return product ^ (product >>> 15);
  };
  return Array.from({ length: count }, () => {
    const source = next();
    const destination = next();
    return [source, destination, step(step(0, source), destination) ^ Math.imul(0x1234, undo)];
  });
}

function randomKeys(count: number): Key[] {
  const next = words(2);
  return Array.from({ length: count }, () => [next(), next(), next()] as const);
}

function enter(flows: TcpFlows, key: Key): number {
  flows.key.set(key);
  return flows.find();
}

/** Milliseconds of processor time to enter all keys and find them again; the best of three. */
function timeOf(keys: readonly Key[]): number {
  const times = Array.from({ length: 3 }, () => {
    const flows = new TcpFlows(3);
    const before = process.cpuUsage();
    for (const key of keys) enter(flows, key);
    for (const key of keys) enter(flows, key);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

describe('TcpFlows', () => {
  it('takes as long for keys that were chosen to collide as for random ones', () => {
    const colliding = collidingKeys(120_000);
    const random = randomKeys(120_000);
    timeOf(random);
    const limit = 5 * timeOf(random);
    const time = timeOf(colliding);
    assert.ok(time < limit, `${time} ms, and 5 times random ones are ${limit} ms`);
  });

  it('has another hash in every table', () => {
    const order = () => {
      const flows = new TcpFlows(3);
      return randomKeys(100).map((key) => enter(flows, key));
    };
    assert.notDeepEqual(order(), order());
  });

  it('keeps what it was given', () => {
    const flows = new TcpFlows(3);
    const keys = randomKeys(50_000);
    for (const [i, key] of keys.entries()) {
      const entry = enter(flows, key);
      assert.ok(flows.isNew);
      flows.setBases(entry, i, i + 1);
    }
    for (const [i, key] of keys.entries()) {
      const entry = enter(flows, key);
      assert.ok(!flows.isNew);
      assert.equal(flows.sequenceBase(entry), i);
      assert.equal(flows.acknowledgementBase(entry), i + 1);
    }
  });

  it('forgets what was idle longest, and keeps what goes on', () => {
    const flows = new TcpFlows(3, 64);
    const [busy, idle, ...others] = randomKeys(1000);
    assert.ok(busy !== undefined && idle !== undefined);
    flows.setBases(enter(flows, busy), 11, 12);
    flows.setBases(enter(flows, idle), 21, 22);
    for (const key of others) {
      enter(flows, key);
      assert.ok(flows.isNew);
      const entry = enter(flows, busy);
      assert.ok(!flows.isNew);
      assert.equal(flows.sequenceBase(entry), 11);
      assert.equal(flows.acknowledgementBase(entry), 12);
    }
    enter(flows, idle);
    assert.ok(flows.isNew);
  });

  it('remembers at least a quarter of its slots', () => {
    const flows = new TcpFlows(3, 1024);
    const keys = randomKeys(10_000);
    for (const [i, key] of keys.entries()) {
      enter(flows, key);
      const before = keys[i - 256];
      if (before === undefined) continue;
      enter(flows, before);
      assert.ok(!flows.isNew);
    }
  });
});
