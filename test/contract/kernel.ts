import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';

import type { Laboratory, PortPair, Shape } from './fixture.js';
import { pipeOn, valePair } from './vale.js';

const DEVICE = '/dev/netmap';

/** The kernel's own device. */
export const kernel: Laboratory = {
  name: DEVICE,
  missing: whyMissing(),
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

function whyMissing(): string | undefined {
  try {
    accessSync(DEVICE, constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    const denied = error instanceof Error && 'code' in error && error.code === 'EACCES';
    return denied ? `no permission to use ${DEVICE}` : `no ${DEVICE}`;
  }
}

/**
 * The two ends of a virtual cable. Their driver knows nothing of netmap, so that netmap runs them in
 * its generic mode. IPv6 is off: nothing but the scenario sends on them.
 */
function vethPair({ rings = 1, bufferSize }: Shape): PortPair {
  const [parent, peer] = [`nmcap${process.pid % 10_000}a`, `nmcap${process.pid % 10_000}b`];
  const restore = bufferSize === undefined ? undefined : setBufferSize(bufferSize);
  const queues = `numtxqueues ${rings} numrxqueues ${rings}`;
  shell(`ip link add ${parent} ${queues} type veth peer name ${peer} ${queues}`);
  for (const name of [parent, peer]) {
    const mtu = bufferSize === undefined ? '' : `mtu ${bufferSize - 64}`;
    shell(`echo 1 > /proc/sys/net/ipv6/conf/${name}/disable_ipv6
           ip link set ${name} up promisc on ${mtu}`);
  }
  return {
    device: undefined,
    parent,
    peer,
    wishes: {},
    dispose() {
      shell(`ip link del ${parent}`);
      restore?.();
    },
  };
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
