import type { PortName, PrintFormat, RecorderOptions } from '../index.js';
import type { FileOptions } from './file-options.js';
import type { PortChoice } from './port-options.js';

/** What one run of nmcap is to do: validated, and immutable. */
export type Options =
  | CaptureOptions
  | DoctorOptions
  | FilterDumpOptions
  | LinkOptions
  | ListOptions
  | TextOptions
  | VersionsOptions;

/** --help, --version and completion: print a text, nothing else. */
export interface TextOptions {
  readonly task: 'print-text';
  readonly text: string;
}

/** extcap install, extcap remove: have Wireshark find nmcap, or no longer. */
export interface LinkOptions {
  readonly task: 'link-extcap';
  readonly action: 'install' | 'remove';
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

/** doctor: examine whether captures can work here, nothing else. */
export interface DoctorOptions {
  readonly task: 'doctor';
  /** Undefined: the system alone. */
  readonly port: PortName | undefined;
  /** A file that is to be written, or its folder; undefined: the current one. */
  readonly write: string | undefined;
  readonly json: boolean;
  readonly colour: boolean;
}

export interface CaptureOptions extends FileOptions {
  readonly task: 'capture';
  readonly input: MonitorInput | SavefileInput;
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

/** Packets that are wanted, of any input. */
interface PacketChoice {
  /** pcap-filter(7) text. */
  readonly filter: string | undefined;
  /** Stop after that many packets; 0: no limit. */
  readonly packetLimit: number;
}

/** Ports to watch. */
export interface MonitorInput extends PortChoice, PacketChoice {
  readonly kind: 'monitor';
  /** Bytes of a frame to keep. */
  readonly snapshotLength: number;
  /** Undefined: all packets are handed on. */
  readonly recorder?: RecorderOptions | undefined;
}

/** A savefile to read. */
export interface SavefileInput extends PacketChoice {
  readonly kind: 'savefile';
  /** `-` is standard input. */
  readonly path: string;
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
