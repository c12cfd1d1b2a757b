import type { PrintFormat } from '../print/printer.js';
import type { MonitoredDirection } from '../monitor/options.js';
import type { PortName } from '../monitor/port-name.js';

/** What one run of nmcap is asked to do; validated, and never changed after. */
export type Options = CaptureOptions | FilterDumpOptions | TellOptions;

/** --help, --version: only to print a text. */
export interface TellOptions {
  readonly task: 'tell';
  readonly text: string;
}

/** --dump-filter: only to show what becomes of a filter. */
export interface FilterDumpOptions {
  readonly task: 'dump-filter';
  readonly filter: string;
  /** The link type is that of this savefile's first interface; without one, Ethernet. */
  readonly savefile: string | undefined;
}

export interface CaptureOptions {
  readonly task: 'capture';
  readonly input: LiveInput | SavefileInput;
  /** pcap-filter(7) text. */
  readonly filter: string | undefined;
  /** Packets after which to end; 0: no limit. */
  readonly packetLimit: number;
  /** Savefile to write, if any. */
  readonly write: WriteOptions | undefined;
  /** Print packets, and how; undefined: no. */
  readonly print: PrintFormat | undefined;
  /** Print nothing but the number of packets. */
  readonly countOnly: boolean;
  /** File for the accounts; `-` is standard output. */
  readonly statsJson: string | undefined;
}

export interface LiveInput {
  readonly kind: 'live';
  /** All on one device. */
  readonly ports: readonly PortName[];
  readonly direction: MonitoredDirection;
  readonly zeroCopy: boolean;
  /** Bytes of a frame to keep. */
  readonly snapshotLength: number;
  /** Bytes between the rings and the disk. */
  readonly bufferSize: number;
  /** Frames are taken from the rings at real-time priority. */
  readonly realtime: boolean;
}

export interface SavefileInput {
  readonly kind: 'savefile';
  /** `-` is standard input. */
  readonly path: string;
}

export interface WriteOptions {
  /** `-` is standard output. */
  readonly path: string;
  readonly format: 'pcapng' | 'pcap';
}
