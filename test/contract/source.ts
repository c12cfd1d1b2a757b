import { MonitorSource } from '../../src/monitor/monitor.js';
import type { MonitorOptions } from '../../src/monitor/options.js';
import { parsePortName } from '../../src/monitor/port-name.js';
import type { Fixture } from './fixture.js';

export type SourceOptions = Partial<Pick<MonitorOptions, 'zeroCopy' | 'packetLimit'>> & {
  report?: (line: string) => void;
};

/** Monitors on the scenario's device, as the command line attaches them; closed at its end. */
export function sourceOn(
  fixture: Fixture,
  ports: readonly string[],
  { zeroCopy = false, packetLimit = 0, report = ignore }: SourceOptions = {},
): MonitorSource {
  const source = new MonitorSource(
    {
      kind: 'monitor',
      ports: ports.map(parsePortName),
      direction: 'both',
      zeroCopy,
      snapshotLength: 262_144,
      packetLimit,
      filter: undefined,
      bufferSize: 4 << 20,
      realtime: false,
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
