import {
  binding,
  type NativeBatch,
  type NativeDrain,
  type NativeRecorder,
  type NativeRecording,
} from '../binding.js';
import { explainFilterError } from '../filter/error.js';
import type { Batch, PacketBatch } from '../pcapng/batch.js';
import { countsBefore, findPacket, firstTime, lastTime, timeOf } from '../pcapng/batch-span.js';
import { withComment } from '../pcapng/comment.js';
import type { PacketCursor } from '../pcapng/cursor.js';
import type { RecorderOptions } from './options.js';

const MICROSECONDS = 1e6;
/** Bytes of a comment on a packet that triggers. */
const MAX_DESCRIPTION = 1024;

/** A batch as the drain hands it over, and its packets. */
interface Taken {
  readonly native: NativeBatch;
  readonly packets: PacketBatch;
}

/**
 * Hands on the packets around each trigger, and passes over all others. Files follow one another in
 * the drain's batches: what comes after one belongs to the time before the next.
 */
export class Recorder {
  readonly #drain: NativeDrain;
  readonly #native: NativeRecorder;
  readonly #options: RecorderOptions;
  readonly #toBatch: (taken: NativeBatch) => PacketBatch;
  readonly #report: (line: string) => void;
  /** Of the recording that is going on. */
  #isAnnounced = false;
  #hasPackets = false;
  #endedAt: number | undefined;
  readonly #pieces: PacketBatch[] = [];
  /** Bytes of all batches before the end of what has been handed on. */
  #position = 0;
  #passedOver = 0;

  /**
   * To be made before the drain starts. `report` is given a line where less is left than was asked for.
   *
   * @throws NmcapError NM_BAD_FILTER
   */
  constructor(
    drain: NativeDrain,
    options: RecorderOptions,
    bufferSize: number,
    toBatch: (taken: NativeBatch) => PacketBatch,
    report: (line: string) => void,
  ) {
    this.#drain = drain;
    this.#options = options;
    this.#toBatch = toBatch;
    this.#report = report;
    const { trigger, after } = options;
    try {
      this.#native = new (binding().Recorder)(drain, {
        keep: bytesKept(options, bufferSize),
        after: Math.round(after * MICROSECONDS),
        description: describe(trigger),
        ...(trigger === undefined ? {} : { trigger }),
      });
    } catch (error) {
      throw explainFilterError(error, trigger, 'trigger');
    }
  }

  /** Packets so far that belong to no recording. */
  get passedOver(): number {
    return this.#passedOver + this.#native.forgotten();
  }

  get isRecording(): boolean {
    return this.#native.current() !== undefined;
  }

  /** Frames that took the trigger too many steps. */
  get overruns(): number {
    return this.#native.overruns();
  }

  trigger(): void {
    this.#native.trigger();
  }

  /** What there is to hand on. `until`: all packets of before that time can be taken from the drain. */
  next(until: number): Batch | undefined {
    for (;;) {
      const piece = this.#pieces.shift();
      if (piece !== undefined) return piece;
      if (this.#endedAt !== undefined) return this.#end(this.#endedAt);
      const recording = this.#native.current();
      if (recording === undefined) return undefined;
      if (!this.#isAnnounced) {
        this.#isAnnounced = true;
        return { kind: 'triggered', time: recording.first, bySignal: recording.bySignal };
      }
      const native = this.#drain.take();
      // Looked up only now: all triggers in the batch are known, and prolong the recording.
      const { last } = this.#native.current() ?? recording;
      const endsAt = last + Math.round(this.#options.after * MICROSECONDS);
      if (native !== undefined) {
        this.#divide({ native, packets: this.#toBatch(native) }, recording, endsAt);
      } else if (until > endsAt) {
        this.#endedAt = endsAt;
      } else {
        return undefined;
      }
    }
  }

  /** Once the drain has ended, for what is left. */
  passOverRest(): void {
    for (let rest = this.#drain.take(); rest !== undefined; rest = this.#drain.take()) {
      this.#passedOver += rest.packetCount;
      this.#drain.release(rest.index);
    }
  }

  #end(until: number): Batch {
    this.#isAnnounced = false;
    this.#hasPackets = false;
    this.#endedAt = undefined;
    this.#native.finish();
    return { kind: 'recording-ended', until };
  }

  /** Divides a batch into what is too old, what belongs to the recording, and what comes after it. */
  #divide(taken: Taken, recording: NativeRecording, endsAt: number): void {
    const { native, packets } = taken;
    const { bytes, section, packetCount, counts = [] } = packets;
    const from = this.#hasPackets ? { at: 0, packetsBefore: 0 } : this.#findStart(taken, recording);
    this.#passedOver += from.packetsBefore;
    const to =
      bytes.length === 0 || lastTime(packets) <= endsAt
        ? { at: bytes.length, packetsBefore: packetCount }
        : findPacket(packets, (packet) => packet.blockStart >= from.at && timeOf(packet) > endsAt);
    const isCut = to.at < bytes.length;
    if (isCut) this.#endedAt = endsAt;
    const release = () => {
      if (isCut) {
        this.#native.putBack(native.index, native.start + to.at, packetCount - to.packetsBefore);
      } else {
        packets.release();
      }
    };
    if (to.at === from.at) {
      release();
      return;
    }
    const piece: PacketBatch = {
      ...packets,
      bytes: bytes.subarray(from.at, to.at),
      packetCount: to.packetsBefore - from.packetsBefore,
      counts: countsBefore(counts, { bytes: bytes.subarray(to.at), section }),
      release,
    };
    if (this.#hasPackets) this.#pieces.push(piece);
    else this.#pieces.push(...this.#beginWith(piece, recording));
    this.#hasPackets = true;
    this.#position = native.position + native.start + to.at;
  }

  #findStart({ native, packets }: Taken, recording: NativeRecording) {
    const { before } = this.#options;
    const { bytes, packetCount } = packets;
    let isTooOld: boolean;
    let wanted: (packet: PacketCursor) => boolean;
    if ('seconds' in before) {
      const start = startTime(recording, before.seconds);
      isTooOld = bytes.length === 0 || lastTime(packets) < start;
      wanted = (packet) => timeOf(packet) >= start;
    } else {
      const start = recording.position - before.bytes - native.position - native.start;
      isTooOld = bytes.length <= start;
      wanted = ({ blockStart }) => blockStart >= start;
    }
    return isTooOld
      ? { at: bytes.length, packetsBefore: packetCount }
      : findPacket(packets, wanted);
  }

  /** The first packets of a recording; the very first with a comment, if others should precede it. */
  #beginWith(piece: PacketBatch, recording: NativeRecording): PacketBatch[] {
    const { bytes, section, packetCount, counts = [] } = piece;
    const first: PacketBatch = { ...piece, countsBefore: countsBefore(counts, piece) };
    const shortfall = this.#shortfall(piece, recording);
    if (shortfall === undefined) return [first];
    this.#report(`${shortfall}: a larger -B keeps more`);
    const { at } = findPacket(piece, ({ blockStart }) => blockStart > 0);
    const rest = bytes.subarray(at);
    const isAlone = rest.length === 0;
    const commented: PacketBatch = {
      ...first,
      bytes: withComment(bytes.subarray(0, at), section.byteOrder, `nmcap: ${shortfall}`),
      packetCount: 1,
      counts: countsBefore(counts, { bytes: rest, section }),
      release: () => {
        if (isAlone) piece.release();
      },
    };
    return isAlone
      ? [commented]
      : [commented, { ...piece, bytes: rest, packetCount: packetCount - 1 }];
  }

  /** In words, where packets that should be in the recording have been forgotten. */
  #shortfall(piece: PacketBatch, recording: NativeRecording): string | undefined {
    const { before } = this.#options;
    const { position, forgottenPosition, forgottenUntil } = recording;
    // What has been forgotten since is of before the recording that came last.
    if (forgottenPosition <= this.#position) return undefined;
    if ('bytes' in before) {
      if (position - forgottenPosition >= before.bytes) return undefined;
      return `the buffer had only the last ${position - forgottenPosition} bytes before the trigger`;
    }
    if (forgottenUntil < startTime(recording, before.seconds)) return undefined;
    const seconds = ((recording.first - firstTime(piece)) / MICROSECONDS).toFixed(3);
    return `the buffer had only the last ${seconds} s before the trigger, not ${before.seconds} s`;
  }
}

/** Bytes of packet blocks that a recorder keeps; with `seconds`, as many as the buffer has. */
export function bytesKept({ before }: RecorderOptions, bufferSize: number): number {
  return 'bytes' in before ? before.bytes : bufferSize;
}

function startTime({ first }: NativeRecording, seconds: number): number {
  return first - Math.round(seconds * MICROSECONDS);
}

function describe(trigger = ''): string {
  const text = `trigger: ${trigger}`;
  return Buffer.byteLength(text) <= MAX_DESCRIPTION ? text : 'trigger: a long filter';
}
