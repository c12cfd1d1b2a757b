import type { NativeCompressor } from './compression.js';
import type { NativePort } from './port.js';

export interface NativeDrainOptions {
  inbound: boolean;
  outbound: boolean;
  /** Bytes of a frame to keep, at most 262,144. */
  snapshotLength: number;
  /** Stop after this many packets; 0: no limit. */
  packetLimit: number;
  /** pcap-filter(7) text. */
  filter?: string;
  /** Bytes of one batch, a multiple of 4096. */
  batchSize: number;
  batchCount: number;
  /** Gives the thread real-time priority; the constructor throws where that is not permitted. */
  realtime: boolean;
  /** Goes on when all ports have left, as attach() may follow. */
  awaitsPorts: boolean;
}

export interface NativeBatch {
  /** The batch's bytes begin at index * batchSize + start of the drain's memory. */
  index: number;
  start: number;
  length: number;
  packetCount: number;
  /** Bytes of all batches before it. */
  position: number;
  /** Of the whole capture up to the end of the batch, by interface. */
  counts: NativeInterfaceCounts[];
}

export interface NativeInterfaceCounts {
  seen: number;
  passed: number;
  discarded: number;
}

/** One file that batches are written to. */
export interface NativeSegment {
  /** Written from where it stands. */
  descriptor: number;
  /** The most bytes on disk; a first packet may be larger. Without it there is no limit. */
  bytesLeft?: number;
  /** Packets of this time, microseconds since 1970, or later ones belong to the next segment. */
  endsAt?: number;
  /** In use for the file already. */
  compressor?: NativeCompressor;
  /** Interfaces that it describes already. */
  interfaces: number;
}

export interface NativeSegmentFigures {
  packets: number;
  /** On disk. */
  bytes: number;
  /** Of its packets, microseconds since 1970; 0: it has none. */
  firstTime: number;
  lastTime: number;
  /** Of the packet that did not go into it; 0: not known. */
  nextTime: number;
  /** Seconds that the writer thread has spent on it. */
  compressing: number;
  writing: number;
  /** errno of the write that failed, or 0. */
  error: number;
  /** That the file describes. */
  interfaces: number;
  /** Of the whole capture up to the end of the segment, by interface. */
  counts: NativeInterfaceCounts[];
}

export interface NativeDirectionCounters {
  seen: number;
  /** Of all frames seen. */
  bytes: number;
  passed: number;
  discarded: number;
  ringFull: number;
  incomplete: number;
}

export interface NativeCounters {
  rings: {
    interfaceId: number;
    ring: number;
    inbound: NativeDirectionCounters;
    outbound: NativeDirectionCounters;
  }[];
  /** Frames that took the filter too many steps, and so did not pass. */
  filterOverruns: number;
  /** Microseconds since 1970; 0: not yet. */
  startedAt: number;
  endedAt: number;
  /** Packets that the drain thread has written itself, where prepareWriter() was called. */
  writtenInPlace: number;
  /** How often such a write took so long that the writer's thread drained the rings meanwhile. */
  standIns: number;
}

/** What has become of a port. */
export interface NativePortStatus {
  /** Its application has left netmap mode, as far as poll(2) shows. */
  left: boolean;
  /** How often the kernel found a head in its rings that made no sense. */
  resets: number;
}

export type DrainEnd =
  | { reason: 'running' | 'stopped' | 'limit' | 'parents-left' }
  | { reason: 'failed'; message: string };

export interface NativeDrain {
  /** All batches' bytes. */
  readonly memory: ArrayBuffer;
  /**
   * To be called once, before start(), where batches are to be written to a file or device in a thread
   * of their own. Throws NM_SYSTEM_CALL where there is no thread for it.
   */
  prepareWriter(): void;
  /**
   * To be called after prepareWriter() and before start(): batches are written to the file or device,
   * and take() has none, until a write fails. The batch concerned is then the next to be taken, and
   * the file ends where it begins. When a segment has ended, batches wait until this is called for
   * another one, or stopWriting(), after which take() has them.
   */
  writeTo(segment: NativeSegment): void;
  /** Why the segment has ended, once it has. */
  segmentEnd(): 'full' | 'time' | 'asked' | undefined;
  /** Of the segment that has ended or, when none follows any more, of the last one. */
  segmentFigures(): NativeSegmentFigures | undefined;
  /**
   * To be called before a port is added: the block goes into the file before packets of that
   * interface, unless writeTo() says that it is there, and `reserve` bytes are kept free. Nothing
   * happens without prepareWriter().
   */
  describe(interfaceId: number, block: Uint8Array, reserve: number): void;
  /** Ends the segment with what is written by now. */
  endSegment(): void;
  stopWriting(): void;
  /** All packets of before that time, microseconds since 1970, can be taken; 0: not known. */
  handedOverUntil(): number;
  /** The number of packets written that way since the last call. */
  takeWritten(): number;
  /**
   * Once, before start(): the ports become interfaces 0, 1, … One that is undefined is not there yet;
   * but one of them is.
   */
  setPorts(ports: readonly (NativePort | undefined)[]): void;
  /** After setPorts(), once, and not after close(). */
  start(): void;
  requestStop(): void;
  /** The port at that place has left: it may be closed. */
  detach(place: number): void;
  /**
   * Another monitor for the port that was detached from that place, or was not there yet. The place
   * after the last one adds a port.
   */
  attach(place: number, port: NativePort): void;
  /** The oldest filled batch, if any; to be returned with release(index). */
  take(): NativeBatch | undefined;
  release(index: number): void;
  /** Once this is not 'running', take() gets nothing new, and all that could be written has been. */
  end(): DrainEnd;
  counters(): NativeCounters;
  /** By port. onReady is called for news of these too. */
  statuses(): NativePortStatus[];
  /** Ends and joins the thread; afterwards the ports can be closed. */
  close(): void;
}
