import type { SummaryOptions } from './print/summary.js';
import type { MonitoredDirection } from './source/monitor.js';
import type { PortName } from './source/port-name.js';

/** What one run of nmcap is asked to do; validated, and never changed after. */
export interface Options {
  readonly port: PortName;
  readonly direction: MonitoredDirection;
  readonly zeroCopy: boolean;
  /** Packets after which to end; 0: no limit. */
  readonly packetLimit: number;
  /** Bytes of a frame to keep. */
  readonly snapshotLength: number;
  /** pcap-filter(7) text. */
  readonly filter: string | undefined;
  /** Bytes between the rings and the disk. */
  readonly bufferSize: number;
  /** Savefile, or `-` for standard output. */
  readonly write: string | undefined;
  /** Print summaries, and how; undefined: no. */
  readonly print: SummaryOptions | undefined;
}
