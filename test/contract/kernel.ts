import { existsSync } from 'node:fs';

import { cables } from './cable.js';
import type { Laboratory, PortPair, Shape } from './fixture.js';
import { pipeOn, valePair } from './vale.js';

const DEVICE = '/dev/netmap';

/** The kernel's own device. */
export const kernel: Laboratory = {
  name: DEVICE,
  // Its scenarios need root, add network interfaces, and cannot share it with each other's processes.
  reserved: existsSync(DEVICE) ? "'npm run test:kernel' runs it" : `no ${DEVICE}`,
  makePair(kind, shape) {
    switch (kind) {
      case 'VALE':
        return valePair(undefined, shape);
      case 'pipe':
        return pipeOn(undefined);
      case 'wire':
        return cablePair(shape);
    }
  },
};

/**
 * A pair is out of netmap mode once it is disposed of, and nothing of a scenario is left in it then: the
 * next one that needs the same is given it, since making one takes a second on a slow machine.
 */
function cablePair({ rings = 1, bufferSize }: Shape): PortPair {
  const restore = bufferSize === undefined ? undefined : setBufferSize(bufferSize);
  // A frame must fit into one buffer (netmap_buf_size_validate).
  const mtu = bufferSize === undefined ? 1500 : bufferSize - 64;
  const [parent, peer] = cableEnds(rings, mtu);
  return {
    device: undefined,
    parent,
    peer,
    wishes: {},
    dispose() {
      restore?.();
    },
  };
}

const made = new Map<string, readonly [string, string]>();

function cableEnds(queues: number, mtu: number): readonly [string, string] {
  const key = `${queues} ${mtu}`;
  const found = made.get(key);
  if (found !== undefined) return found;
  const base = `nm${process.pid % 10_000}x${made.size}`;
  const names = [`${base}a`, `${base}b`] as const;
  cables.create(names, queues, mtu);
  if (made.size === 0) process.once('exit', removeCables);
  made.set(key, names);
  return names;
}

function removeCables(): void {
  for (const [end] of made.values()) cables.remove(end);
}

/** Of all NICs' memory, from when none of them is in netmap mode. Undone by what is returned. */
function setBufferSize(bytes: number): () => void {
  const before = cables.parameter('buf_size');
  cables.setParameter('buf_size', String(bytes));
  return () => {
    cables.setParameter('buf_size', before);
  };
}
