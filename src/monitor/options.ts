import type { PortName } from './port-name.js';

const MIB = 1 << 20;

/** Bytes of all batches together. The drain thread needs at least two; an ArrayBuffer has a limit. */
export const DEFAULT_BUFFER_SIZE: number = 32 * MIB;
export const MIN_BUFFER_SIZE = 2 * MIB;
export const MAX_BUFFER_SIZE = 4095 * MIB;

/** Frames that the application receives, those that it sends, or both. */
export type MonitoredDirection = 'rx' | 'tx' | 'both';

/** Which ports to watch, how, and which of their packets to capture. */
export interface MonitorOptions {
  readonly kind: 'monitor';
  /** All on one device. */
  readonly ports: readonly PortName[];
  readonly direction: MonitoredDirection;
  readonly zeroCopy: boolean;
  /** Bytes of a frame to keep. */
  readonly snapshotLength: number;
  /** Stop after that many packets; 0: no limit. */
  readonly packetLimit: number;
  /** pcap-filter(7) text. */
  readonly filter: string | undefined;
  /** Bytes of all batches together: the memory between the rings and the disk. */
  readonly bufferSize: number;
  /** The drain thread runs at real-time priority. */
  readonly realtime: boolean;
  /** Wait for ports that are not there yet. */
  readonly wait: boolean;
  /** Attach again to ports whose applications have left and come back. */
  readonly reattach: boolean;
  /** Keep packets in memory until something triggers; undefined: hand all of them on. */
  readonly recorder?: RecorderOptions | undefined;
}

/** What a flight recorder keeps, and what it hands on when. */
export interface RecorderOptions {
  /** The latest packets before a trigger. */
  readonly before: RecordedTime | RecordedBytes;
  /** Seconds without a further trigger after which a recording ends. */
  readonly after: number;
  /** pcap-filter(7) text: packets that trigger. */
  readonly trigger: string | undefined;
}

/** The packets of so many seconds, as far as the buffer has room for them. */
export interface RecordedTime {
  /** Of the packets' own times. */
  readonly seconds: number;
}

/** The packets in the last so many bytes. */
export interface RecordedBytes {
  /** Of pcapng blocks, with their headers and options. */
  readonly bytes: number;
}
