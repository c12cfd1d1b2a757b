import { createRequire } from 'node:module';

import { NmcapError } from './errors.js';

/** netmap's REGISTER request. Fields left out ask for the kernel's defaults. */
export interface RegisterRequest {
  /** As the kernel takes it, 63 bytes at most. */
  name: string;
  mode: number;
  ringId?: number;
  flags: number;
  memoryId?: number;
  txSlots?: number;
  rxSlots?: number;
  /** Requested numbers, honoured for VALE ports and host rings; other ports have fixed rings. */
  txRings?: number;
  rxRings?: number;
  hostTxRings?: number;
  hostRxRings?: number;
}

export interface RingInfo {
  /** NIC rings count from 0, host rings continue after them. */
  number: number;
  host: boolean;
  slots: number;
  /** Bytes. */
  bufferSize: number;
}

/** What the kernel granted, and the rings that are bound. */
export interface GrantedPort {
  /** As requested. */
  name: string;
  /** The port's own name: for a monitor, its parent's name, its kind and a number. */
  interfaceName: string;
  flags: number;
  memoryId: number;
  /** Bytes mapped. */
  memorySize: number;
  txSlots: number;
  rxSlots: number;
  txRings: RingInfo[];
  rxRings: RingInfo[];
}

/** netmap's PORT_INFO_GET, which also works for ports that are not in netmap mode. */
export interface PortInfo {
  txSlots: number;
  rxSlots: number;
  txRings: number;
  rxRings: number;
  hostTxRings: number;
  hostRxRings: number;
  memoryId: number;
}

export interface ValePortEntry {
  /**
   * `vale0:a`; of a persistent port that has been opened, the interface's name alone, as which netmap
   * then knows it (netmap.c, netmap_update_config).
   */
  name: string;
  switchIndex: number;
}

/** A registration on a port. The constructor throws NmcapError, code NM_SYSTEM_CALL. */
export interface NativePort {
  readonly granted: GrantedPort;
  /** Refused while a drain has the port. */
  close(): void;
}

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
  /** Once, and not after close(). */
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

export interface NativeRecorderOptions {
  /** Bytes of packet blocks that are kept until something triggers. */
  keep: number;
  /** Microseconds without a trigger after which a recording ends. */
  after: number;
  /** pcap-filter(7) text: packets that trigger. */
  trigger?: string;
  /** For the comment on a packet that does; 1024 bytes at most. */
  description: string;
}

/** Triggers of which each followed the one before soon enough; times in microseconds since 1970. */
export interface NativeRecording {
  /** Time of the first trigger. */
  first: number;
  /** Time of the last trigger, so far where no other recording follows. */
  last: number;
  /** The first trigger was no packet. */
  bySignal: boolean;
  /** Bytes of all batches before the first trigger. */
  position: number;
  /** Of these bytes, those that were forgotten; and the time of their last packet, 0: there is none. */
  forgottenPosition: number;
  forgottenUntil: number;
}

/**
 * Keeps a drain's latest packets in its batches, and forgets older ones, until something triggers.
 * From then on nothing is forgotten until finish().
 */
export interface NativeRecorder {
  /** Triggers soon, at the present time. */
  trigger(): void;
  /** The oldest recording that is not finished; only meanwhile take() is to be called. */
  current(): NativeRecording | undefined;
  /** All that belongs to that recording has been taken. */
  finish(): void;
  /** What the batch taken last has from `start` on, as NativeBatch's, is the next to be taken. */
  putBack(index: number, start: number, packetCount: number): void;
  /** Packets. */
  forgotten(): number;
  /** Frames that took the trigger's filter too many steps, and so did not trigger. */
  overruns(): number;
}

/** A simulated NIC; fields left out get the simulation's defaults. */
export interface SimulatedNic {
  name: string;
  /** Ring pairs. */
  rings?: number;
  hostRings?: number;
  /** Of each ring. */
  slots?: number;
  /** Bytes. */
  bufferSize?: number;
}

/** A netmap device inside this process. */
export interface NativeDevice {
  addNic(nic: SimulatedNic): void;
  /** Connects two NICs by a wire: each receives what the other sends. */
  connect(one: string, two: string): void;
  /** Frames that the full rings of a monitor lost, for each ring; no kernel reports them. */
  losses(port: NativePort): { ring: number; inbound: number; outbound: number }[];
}

export interface TrafficOptions {
  /** The name on the device of the port that the application opens. */
  port: string;
  /** Ring pairs, and slots of each, where the application can choose them: on VALE ports. */
  rings: number;
  slots: number;
  /** 0: as fast as possible. */
  framesPerSecond: number;
  /** Leave netmap mode after this many frames; 0: never. */
  count: number;
  /** Begin again after the last frame of the list. */
  repeat: boolean;
  /** Bytes of each frame, for load instead of the list; 0: send the list. */
  loadLength: number;
}

/** The application of a simulated port, which it opens immediately, and its peer on the wire. */
export interface NativeTraffic {
  /** Once, and not after close(). */
  start(): void;
  /** Frames sent so far, for each ring. */
  counts(): { inbound: number; outbound: number }[];
  /** Stops and joins the thread; the application leaves its port. */
  close(): void;
}

/** Selects packets by a filter. */
export interface NativeSelection {
  /**
   * The link types of the section's interfaces from number `first` on, which are new. `snapshotLength`:
   * of interface 0; 0: no limit.
   */
  describe(first: number, linkTypes: readonly number[], snapshotLength: number): void;
  /**
   * Of the section that was described. Packets that do not pass, or come after the first `limit` that
   * do, are removed; the rest moves to the front. Other blocks stay.
   */
  select(
    blocks: Uint8Array,
    swapped: boolean,
    limit: number,
  ): { length: number; packetCount: number };
  /**
   * Makes pcapng blocks of the records from `from` to `end` of a pcap file, of those that pass and are
   * not after the first `limit`. They are written from `out` on, which is before `from`.
   */
  convert(
    memory: Uint8Array,
    from: number,
    end: number,
    out: number,
    file: {
      swapped: boolean;
      ticksPerSecond: number;
      /** Bytes; more is damage. */
      longestPacket: number;
      /** Bytes that are kept of a packet. */
      snapshotLength: number;
      recordHeaderLength: number;
      /** As src/pcap/header.ts numbers them. */
      lengthOrder: number;
      linkType: number;
    },
    limit: number,
  ): {
    /** Bytes of records, and of blocks. */
    consumed: number;
    produced: number;
    packetCount: number;
    /** Of these packets, those without a time: its fraction is a second or more. */
    timeless: number;
    /** Length of the next record, which is not all there yet; or 0. */
    needed: number;
    /** Length of the next packet, if it is more than `longestPacket`; or 0. */
    tooLong: number;
  };
  /**
   * The link types that packets have met since the last call and that the filter cannot be compiled
   * for: none of their packets passes.
   */
  takeRefusals(): { linkType: number; reason: string }[];
  /** Frames that took the filter too many steps, and so did not pass. */
  overruns(): number;
}

export type Compression = 'gzip' | 'zstd';

/** Compresses one file, so that it can be read to the last piece that is in it. */
export interface NativeCompressor {
  /** The most bytes that a piece of so many becomes, the last one too. */
  bound(length: number): number;
  /** The next piece, one at a time. The bytes stay as they are meanwhile. */
  compress(bytes: Uint8Array, isLast: boolean): Promise<Uint8Array>;
}

/** Of zstd frames that follow one another. */
export interface NativeZstdDecompressor {
  /** Decompresses until `into` is full, the input is used up, or the next block is damaged. */
  step(input: Uint8Array, into: Uint8Array): { consumed: number; produced: number; fault?: string };
  /** Whether the input so far ends with a frame. */
  readonly betweenFrames: boolean;
}

/** A user of the system. */
export interface User {
  readonly name: string;
  readonly uid: number;
  /** The group that the user logs in with. */
  readonly gid: number;
}

export interface NativeBinding {
  setErrorClass(errorClass: typeof NmcapError): void;
  /** Without a device: the kernel's. */
  portInfo(name: string, device?: NativeDevice): PortInfo;
  /**
   * netmap's VALE_LIST: the ports of all VALE switches, those of a switch together. Throws
   * NM_SYSTEM_CALL; EINVAL where netmap was built without VALE.
   */
  valePorts(device?: NativeDevice): ValePortEntry[];
  /** The index of a VALE switch (`vale0`); undefined where there is none of that name. */
  valeSwitchIndex(name: string, device?: NativeDevice): number | undefined;
  /** All network interfaces of the system (if_nameindex(3)), with addresses or without. */
  interfaceNames(): string[];
  Port: new (request: RegisterRequest, device?: NativeDevice) => NativePort;
  SimulatedDevice: new () => NativeDevice;
  /** `frames`: as packed by src/sim/pack.ts. */
  SimulatedTraffic: new (
    device: NativeDevice,
    options: TrafficOptions,
    frames: Uint8Array,
  ) => NativeTraffic;
  /**
   * The compiled program as tcpdump -d prints it, or those for each direction where the expression asks
   * for it. `linkType`: LINKTYPE_ number. Throws NM_BAD_FILTER.
   */
  describeFilter(expression: string, linkType: number): string;
  /** Instructions of a filter that one frame may take; see filterOverruns. */
  readonly filterStepLimit: number;
  /** Whether no one is left to read what is written to a pipe or socket. */
  readerGone(descriptor: number): boolean;
  /**
   * The user of that name or, where nobody has it, of that numeric id; undefined: there is none. Throws
   * NM_SYSTEM_CALL where the system cannot find out.
   */
  findUser(nameOrId: string): User | undefined;
  Compressor: new (compression: Compression) => NativeCompressor;
  ZstdDecompressor: new () => NativeZstdDecompressor;
  /** Without an expression every packet passes. */
  Selection: new (expression?: string) => NativeSelection;
  /**
   * A port that is undefined is not there yet; one of them is. Throws NM_BAD_FILTER, NM_NO_RESOURCES for
   * the batches' memory, or NM_SYSTEM_CALL.
   */
  Drain: new (
    ports: readonly (NativePort | undefined)[],
    options: NativeDrainOptions,
    onReady: () => void,
  ) => NativeDrain;
  /** Before the drain's start(). Throws NM_BAD_FILTER. */
  Recorder: new (drain: NativeDrain, options: NativeRecorderOptions) => NativeRecorder;
}

let loaded: NativeBinding | undefined;

/** The native addon, loaded when first needed. Throws NM_NATIVE_MISSING. */
export function binding(): NativeBinding {
  if (loaded !== undefined) return loaded;
  try {
    loaded = createRequire(import.meta.url)('../build/Release/nmcap.node') as NativeBinding;
  } catch (cause) {
    throw new NmcapError('NM_NATIVE_MISSING', "nmcap's native addon cannot be loaded", {
      hint: "run 'npm run setup' in the clone, or 'npm rebuild nmcap' where nmcap is installed",
      cause,
    });
  }
  loaded.setErrorClass(NmcapError);
  return loaded;
}
