import os from 'node:os';

import type { NativePort } from '../binding.js';
import { type Interface, LINKTYPE_ETHERNET } from '../pcapng/section.js';
import type { MonitorOptions } from './options.js';
import type { PortName } from './port-name.js';

/** Microseconds: ring->ts is a struct timeval. */
const TICKS_PER_SECOND = 1_000_000n;

/** The interface description of a monitor. */
export function describeInterface(
  options: MonitorOptions,
  port: PortName,
  native: NativePort,
): Interface {
  return {
    linkType: LINKTYPE_ETHERNET,
    snapshotLength: options.snapshotLength,
    name: port.text,
    description: describeMonitor(options, port, native),
    ...(options.filter === undefined ? {} : { filter: options.filter }),
    os: `${os.type()} ${os.release()}`,
    ticksPerSecond: TICKS_PER_SECOND,
    secondsOffset: 0n,
  };
}

/** "zero-copy netmap monitor, rings 0-3, tx only" */
function describeMonitor(
  { zeroCopy, direction }: MonitorOptions,
  port: PortName,
  native: NativePort,
): string {
  const numbers = native.granted.rxRings.map((ring) => ring.number);
  const first = Math.min(...numbers);
  const last = Math.max(...numbers);
  const rings = numbers.length === 1 ? `ring ${first}` : `rings ${first}-${last}`;
  const host = port.rings.kind.includes('host') ? ', with host rings' : '';
  const directions = direction === 'both' ? 'rx and tx' : `${direction} only`;
  return `${zeroCopy ? 'zero-copy' : 'copy'} netmap monitor, ${rings}${host}, ${directions}`;
}

/** Known limitations of netmap for such monitors, as measured on Linux 6.1. */
export function limitations({ ports, zeroCopy }: MonitorOptions): string[] {
  const found: string[] = [];
  for (const { text, rings, kernelName } of ports) {
    if (rings.kind.includes('host')) {
      found.push(
        `${text}: netmap delivers no frames of host rings to monitors; '${kernelName}' watches the NIC`,
      );
    }
    if (zeroCopy && /[{}]/.test(kernelName)) {
      found.push(`${text}: frames sent into a pipe have other bytes for zero-copy monitors`);
    }
  }
  return found;
}
