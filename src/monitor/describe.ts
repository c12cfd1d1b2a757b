import os from 'node:os';

import type { NativePort } from '../binding.js';
import { type Interface, LINKTYPE_ETHERNET } from '../pcapng/section.js';
import type { MonitoredPort } from './monitored-port.js';
import type { MonitorOptions } from './options.js';
import { splitPipe } from './pipe-name.js';
import { MAX_SLOTS, type PortName } from './port-name.js';

/** Microseconds: ring->ts is a struct timeval. */
const TICKS_PER_SECOND = 1_000_000n;

/** The interface description of a monitor. */
export function describeInterface(
  options: MonitorOptions,
  port: PortName,
  native: NativePort | undefined,
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

/** "zero-copy netmap monitor, rings 0-3, tx only"; which rings, where the port is there. */
function describeMonitor(
  { zeroCopy, direction }: MonitorOptions,
  port: PortName,
  native: NativePort | undefined,
): string {
  const rings = native === undefined ? '' : `, ${ringNumbers(native)}`;
  const host = port.rings.kind.includes('host') ? ', with host rings' : '';
  const directions = direction === 'both' ? 'rx and tx' : `${direction} only`;
  return `${zeroCopy ? 'zero-copy' : 'copy'} netmap monitor${rings}${host}, ${directions}`;
}

function ringNumbers({ granted }: NativePort): string {
  const numbers = granted.rxRings.map((ring) => ring.number);
  const first = Math.min(...numbers);
  const last = Math.max(...numbers);
  return numbers.length === 1 ? `ring ${first}` : `rings ${first}-${last}`;
}

/** Known limitations of netmap for such monitors, a line each; as measured on Linux 6.1. */
export function limitations(
  { zeroCopy, direction }: Pick<MonitorOptions, 'zeroCopy' | 'direction'>,
  ports: readonly Pick<MonitoredPort, 'name' | 'monitor'>[],
): string[] {
  const found: string[] = [];
  for (const { name, monitor } of ports) {
    const { text, rings, kernelName, slots } = name;
    if (rings.kind.includes('host')) {
      found.push(
        `${text}: netmap delivers no frames of host rings to monitors; '${kernelName}' watches the NIC`,
      );
    }
    const granted = monitor?.granted.rxSlots;
    if (slots !== undefined && granted !== undefined && slots !== granted) {
      found.push(
        `${text}: the rings have ${granted} slots, not ${slots}: ${MAX_SLOTS} is the most that netmap gives a monitor`,
      );
    }
    const { otherEnd } = splitPipe(kernelName);
    if (zeroCopy && direction !== 'rx' && otherEnd !== undefined) {
      // The monitor is given a sent slot once it is free again, as the other end has returned it
      // (netmap_pipe_rxsync), whose own zero-copy monitor puts another buffer there.
      const isWatched = ports.some((port) => port.name.kernelName === otherEnd);
      found.push(
        `${text}: frames sent into the pipe have other bytes ${isWatched ? `with -z on '${otherEnd}' too` : 'if the other end swaps buffers'}`,
      );
    }
  }
  return found;
}
