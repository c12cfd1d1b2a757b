import type { MonitorOptions } from '../monitor/options.js';
import type { PrintFormat } from '../print/printer.js';
import type { SavefileInput } from '../savefile/options.js';

/** What one run of nmcap is asked to do; validated, and never changed afterwards. */
export type Options = CaptureOptions | FilterDumpOptions | TextOptions;

/** --help, --version: only to print a text. */
export interface TextOptions {
  readonly task: 'print-text';
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
  readonly input: MonitorOptions | SavefileInput;
  /** Savefile to write, if any. */
  readonly write: WriteOptions | undefined;
  /** Print packets, and how; undefined: no. */
  readonly print: PrintFormat | undefined;
  /** Print nothing but the number of packets. */
  readonly countOnly: boolean;
  /** File for the statistics; `-` is standard output. */
  readonly statsJson: string | undefined;
}

export interface WriteOptions {
  /** `-` is standard output. */
  readonly path: string;
  readonly format: 'pcapng' | 'pcap';
}
