import type { MonitorSource } from '../../src/monitor/monitor.js';
import type { MonitorOptions } from '../../src/monitor/options.js';
import { parsePortName } from '../../src/monitor/port-name.js';
import { monitorSource } from '../support/monitor-source.js';
import type { Fixture } from './fixture.js';

export type SourceOptions = Partial<
  Pick<MonitorOptions, 'zeroCopy' | 'packetLimit' | 'wait' | 'reattach'>
> & {
  report?: (line: string) => void;
};

/** Monitors on the scenario's device, as the command line attaches them; closed at its end. */
export function sourceOn(
  fixture: Fixture,
  ports: readonly string[],
  { report = ignore, ...options }: SourceOptions = {},
): MonitorSource {
  const source = monitorSource(
    {
      kind: 'monitor',
      ports: ports.map(parsePortName),
      direction: 'both',
      zeroCopy: false,
      snapshotLength: 262_144,
      packetLimit: 0,
      filter: undefined,
      bufferSize: 4 << 20,
      realtime: false,
      wait: false,
      reattach: false,
      ...options,
    },
    { native: fixture.device, start: ignore, truth: () => new Map(), close: ignore },
    report,
  );
  fixture.atEnd(() => {
    source.close();
  });
  return source;
}

function ignore(): void {
  // The scenario does it, or does not look.
}
