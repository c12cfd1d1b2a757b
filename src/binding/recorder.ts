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
