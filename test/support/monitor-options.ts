import type { MonitorOptions } from '../../src/monitor/options.js';
import { parsePortName } from '../../src/monitor/port-name.js';

/** What the command line makes of these port names by default, with some options changed. */
export function monitorOptions(
  names: readonly string[],
  changes: Partial<MonitorOptions> = {},
): MonitorOptions {
  return {
    kind: 'monitor',
    ports: names.map((name) => parsePortName(name)),
    direction: 'both',
    zeroCopy: false,
    snapshotLength: 262_144,
    bufferSize: 32 << 20,
    realtime: false,
    wait: false,
    reattach: false,
    recorder: undefined,
    filter: undefined,
    packetLimit: 0,
    ...changes,
  };
}
