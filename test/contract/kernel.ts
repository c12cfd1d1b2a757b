import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

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
        return vethPair(shape);
    }
  },
};

/**
 * The two ends of a virtual cable. Their driver knows nothing of netmap, so that netmap runs them in
 * its generic mode. A pair is out of netmap mode once it is disposed of, and nothing of a scenario is
 * left in it then: the next one that needs the same is given it, since making one takes a second on
 * a slow machine.
 */
function vethPair({ rings = 1, bufferSize }: Shape): PortPair {
  const restore = bufferSize === undefined ? undefined : setBufferSize(bufferSize);
  // A frame must fit into one buffer (netmap_buf_size_validate).
  const mtu = bufferSize === undefined ? 1500 : bufferSize - 64;
  const [parent, peer] = vethNames(rings, mtu);
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

const veths = new Map<string, readonly [string, string]>();

function vethNames(queues: number, mtu: number): readonly [string, string] {
  const key = `${queues} ${mtu}`;
  const found = veths.get(key);
  if (found !== undefined) return found;
  const base = `nm${process.pid % 10_000}x${veths.size}`;
  const names = [`${base}a`, `${base}b`] as const;
  const [parent, peer] = names;
  const options = `mtu ${mtu} numtxqueues ${queues} numrxqueues ${queues}`;
  const quiet = '/proc/sys/net/ipv6/conf';
  // IPv6 off before they are up: nothing but a scenario sends on them.
  shell(`ip link add ${parent} ${options} type veth peer name ${peer} ${options}
         echo 1 | tee ${quiet}/${parent}/disable_ipv6 > ${quiet}/${peer}/disable_ipv6
         ip link set ${parent} up promisc on
         ip link set ${peer} up promisc on`);
  if (veths.size === 0) process.once('exit', removeVeths);
  veths.set(key, names);
  return names;
}

function removeVeths(): void {
  for (const [parent] of veths.values()) shell(`ip link del ${parent}`);
}

/** Of all NICs' memory, from when none of them is in netmap mode. Undone by what is returned. */
function setBufferSize(bytes: number): () => void {
  const parameter = '/sys/module/netmap/parameters/buf_size';
  const before = readFileSync(parameter, 'utf8');
  writeFileSync(parameter, String(bytes));
  return () => {
    writeFileSync(parameter, before);
  };
}

function shell(script: string): void {
  const { status, stderr } = spawnSync('sh', ['-ec', script], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${script}: ${stderr}`);
}
