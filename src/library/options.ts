import type { MonitoredDirection, RecorderOptions } from '../monitor/options.js';

/**
 * Given what happens meanwhile, a line each, without a newline. A `warning` means that something is
 * missing, or may be: a port that has left, a part of a savefile that is damaged. A `note` is for those
 * who watch.
 */
export type Report = (message: string, level: 'note' | 'warning') => void;

/** What to read from a source, and for how long. */
export interface OpenOptions {
  /** Packets that are wanted, as pcap-filter(7) has it, with `inbound` and `outbound`; default: all. */
  readonly filter?: string | undefined;
  /** Packets after which the capture ends; default and 0: no limit. */
  readonly packetLimit?: number | undefined;
  /** Seconds after which the capture ends, from when its packets are first asked for. */
  readonly duration?: number | undefined;
  /**
   * Aborted, it ends the capture in good order: frames that were taken from the rings by then are still
   * handed out. While the source is being opened, its reason is thrown instead.
   */
  readonly signal?: AbortSignal | undefined;
  /** Default: nothing is reported. */
  readonly report?: Report | undefined;
}

/** How to watch ports. */
export interface OpenMonitorOptions extends OpenOptions {
  /** Default: what the flags after the port name's slash ask for; without any, `both`. */
  readonly direction?: MonitoredDirection | undefined;
  /**
   * Do not copy frames for the monitor: they are then seen only once the application is done with them.
   * Default: what the port name asks for.
   */
  readonly zeroCopy?: boolean | undefined;
  /** Bytes of each frame to keep; default and most: {@link MAX_SNAPSHOT_LENGTH}, all of them. */
  readonly snapshotLength?: number | undefined;
  /**
   * Bytes of memory between the rings and whoever reads, 2 MiB at least; frames that find it full are
   * discarded, and counted. Default: {@link DEFAULT_BUFFER_SIZE}.
   */
  readonly bufferSize?: number | undefined;
  /** Drain the rings at real-time priority, which the system must permit; default: false. */
  readonly realtime?: boolean | undefined;
  /** Wait for ports that are not in netmap mode yet; default: false, they are an error. */
  readonly wait?: boolean | undefined;
  /** Attach again to ports whose applications have left and come back; default: false. */
  readonly reattach?: boolean | undefined;
  /** Keep the latest packets in memory, and hand on only those around a trigger; default: hand on all. */
  readonly recorder?: RecorderOptions | undefined;
}

/** How to read a savefile. */
export type OpenSavefileOptions = OpenOptions;
