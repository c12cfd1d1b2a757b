import type { PortName } from './port-name.js';

export type MonitoredDirection = 'rx' | 'tx' | 'both';

export interface MonitorOptions {
  /** All on one device. */
  readonly ports: readonly PortName[];
  readonly direction: MonitoredDirection;
  readonly zeroCopy: boolean;
  /** Bytes of a frame to keep. */
  readonly snapshotLength: number;
  /** End after that many packets; 0: no limit. */
  readonly packetLimit: number;
  /** pcap-filter(7) text. */
  readonly filter: string | undefined;
  /** Bytes for all batches together. */
  readonly bufferSize: number;
  /** The drain thread runs before all ordinary ones. */
  readonly realtime: boolean;
}
