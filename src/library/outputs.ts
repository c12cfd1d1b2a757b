import type { PrintFormat } from '../print/printer.js';
import type { FileHandler } from '../sink/rotation/completion.js';
import type { RotationOptions } from '../sink/rotation/options.js';
import type { Report } from './options.js';

/** A place to write to. */
export type OutputOptions = SavefileOutput | TextOutput | StatisticsOutput;

/** What all outputs have. */
export interface OutputPlace {
  /** `-` is standard output. Named pipes wait for their reader. */
  readonly path: string;
  /** Permissions of the files that are created, as chmod(2) takes them; default: 0600. */
  readonly mode?: number | undefined;
}

/** Files of packets. One whose name ends in `.gz` or `.zst` is compressed. */
export interface PacketOutput extends OutputPlace {
  /**
   * Begin further files: `path` is then a template for strftime(3). Nothing that exists is overwritten.
   * Default: one file, which is overwritten. A flight recorder begins one for each trigger.
   */
  readonly rotation?: RotationOptions | undefined;
  /** The most bytes on disk of all files together: the capture ends there. Default: no limit. */
  readonly maxSize?: number | undefined;
}

/** Savefiles. Each is complete by itself; of a live capture, pcapng files have its statistics. */
export interface SavefileOutput extends PacketOutput {
  /** Packets in a format that other programs read. */
  readonly kind: 'savefile';
  /** Default: by the name; `.pcap`, `.cap` and `.dmp` are pcap, others pcapng. */
  readonly format?: 'pcapng' | 'pcap' | undefined;
}

/** Packets as text. */
export interface TextOutput extends PacketOutput {
  /** Packets in a form for people, or for scripts. */
  readonly kind: 'text';
  /** A line of summary, a JSON object or columns for each packet. */
  readonly format: PrintFormat;
}

/** The statistics of the capture as JSON, once it has ended; docs/stats-json.md describes them. */
export interface StatisticsOutput extends OutputPlace {
  /** Counters instead of packets. */
  readonly kind: 'statistics';
  /** Each on a line, also those so far whenever Outputs.note() is called; default: false. */
  readonly lines?: boolean | undefined;
}

/** What becomes known while outputs are written. */
export interface OutputEvents {
  /**
   * Called with each file of packets once it is complete and closed: one at a time, in their order.
   * Writing does not wait for it, but its end does. What it throws first is thrown there.
   */
  readonly onFile?: FileHandler | undefined;
  /** Default: nothing is reported. */
  readonly report?: Report | undefined;
}
