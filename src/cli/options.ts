import type { MonitorOptions } from '../monitor/options.js';
import type { PrintFormat } from '../print/printer.js';
import type { SavefileInput } from '../savefile/options.js';
import type { FileOptions } from './file-options.js';

/** What one run of nmcap is to do: validated, and immutable. */
export type Options =
  CaptureOptions | FilterDumpOptions | ListOptions | TextOptions | VersionsOptions;

/** --help, --version and completion: print a text, nothing else. */
export interface TextOptions {
  readonly task: 'print-text';
  readonly text: string;
}

/** `nmcap version`: print the versions of nmcap and of what it stands on, nothing else. */
export interface VersionsOptions {
  readonly task: 'versions';
}

/** --dump-filter: print the compiled filter, nothing else. */
export interface FilterDumpOptions {
  readonly task: 'dump-filter';
  readonly filter: string;
  /** Compile for the link type of this savefile's first interface; without one, for Ethernet. */
  readonly savefile: string | undefined;
}

/** --list-interfaces: print what can be captured from, nothing else. */
export interface ListOptions {
  readonly task: 'list';
  readonly json: boolean;
}

export interface CaptureOptions extends FileOptions {
  readonly task: 'capture';
  readonly input: MonitorOptions | SavefileInput;
  /** The savefile to write, if any. */
  readonly write: WriteOptions | undefined;
  /** How to print packets; undefined: not at all. */
  readonly print: PrintFormat | undefined;
  /** Print to that file instead of standard output. */
  readonly output: string | undefined;
  /** Print only the number of packets. */
  readonly countOnly: boolean;
  /** Print neither the ports watched nor the statistics on stderr. */
  readonly quiet: boolean;
  /** Print the statistics so far every so many seconds, on stderr and into statsJson. */
  readonly statsInterval: number | undefined;
  /** Where to write the statistics; `-` is standard output. */
  readonly statsJson: string | undefined;
  readonly privileges: PrivilegeOptions;
}

/** What becomes of root's privileges once the input is open. */
export interface PrivilegeOptions {
  /** The user to become, by name or id; undefined: the one who ran sudo, if anybody did. */
  readonly user: string | undefined;
  readonly keepRoot: boolean;
}

export interface WriteOptions {
  /** `-` is standard output. */
  readonly path: string;
  readonly format: 'pcapng' | 'pcap';
}
