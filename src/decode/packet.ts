import { type Ascii, ascii } from '../text/ascii.js';
import { Char } from '../text/char.js';
import { LineBuffer } from '../text/line.js';
import { type Palette, PLAIN_PALETTE } from '../text/style.js';
import type { FieldRecorder } from './field-recorder.js';
import { TcpFlows } from './tcp/flows.js';

/** Texts that several decoders write. */
export const Text = {
  arrow: ascii(' > '),
  bareColon: ascii(':'),
  colon: ascii(': '),
  dot: ascii('.'),
  length: ascii(', length '),
} as const;

/** How many -v. */
export type Verbosity = 0 | 1 | 2 | 3;

/**
 * How many nested headers are decoded. Real packets have a dozen at most; one of 64 KiB could have
 * thousands, and decoders are recursive.
 */
export const MAX_NESTING = 128;

/** What the decoders write about a packet. */
export interface DecodeOptions {
  /** Print link-layer headers (-e). */
  readonly linkHeader: boolean;
  /** Print less (-q). */
  readonly quiet: boolean;
  /** The number of -v options, up to where it makes a difference. */
  readonly verbosity: Verbosity;
  /** Print TCP sequence numbers as they are on the wire (-S). */
  readonly absoluteSequence: boolean;
  /** Dump in hex what no decoder knows; not with -q, nor if a hex dump follows anyway. */
  readonly dumpUnknown: boolean;
}

/** Decodes the `length` bytes at `at`. */
export type Decoder = (packet: Packet, at: number, length: number) => void;

/**
 * The decoders of what a tunnel may carry. A tunnel calls them through the packet, not by import,
 * because they may call it in turn. All other calls are direct, down the layers, which is the path
 * of most packets and what V8 inlines: the indirection makes no measurable difference to `-r` or
 * `--json` (0.98 to 1.02 times the speed of direct calls, on traffic without tunnels).
 */
export interface Decoders {
  /** Returns the length of the link-layer header. */
  readonly ethernet: (packet: Packet, at: number, length: number) => number;
  /** Returns false if there is no decoder for the EtherType. */
  readonly etherType: (packet: Packet, type: number, at: number, length: number) => boolean;
  readonly ipv4: Decoder;
  readonly ipv6: Decoder;
  readonly ppp: Decoder;
}

/** The IP datagram whose payload is being decoded. */
export interface IpContext {
  version: 4 | 6;
  /** Where its header begins. */
  headerAt: number;
  /** Whether it is a fragment, so that checksums and lengths are meaningless. */
  isFragment: boolean;
  /** Time to live, or hop limit. */
  hopLimit: number;
}

export interface JumboState {
  found: boolean;
  payloadLength: number;
}

/**
 * The packet that is being decoded: its bytes, where they end, and the line they are written to.
 * One object is reused for all packets.
 *
 * Decoders are functions `(packet, at, length)`: `at` is an offset into the bytes, `length` what
 * the layer below says is there, which may be more than was captured. They need not check before
 * they read: a read past the end returns 0 and marks the packet as truncated *here*, and finish()
 * cuts the line back to the mark and appends ` [|proto]`. (tcpdump leaves its decoders with a
 * longjmp at the same place; an exception would cost more than a line does.) So a decoder only has
 * to bound its loops, and to call need() before it writes a group of fields that tcpdump writes as
 * one.
 */
export class Packet {
  readonly decoders: Decoders;
  readonly options: DecodeOptions;
  readonly palette: Palette;
  /** Records fields, if they are wanted besides the line. */
  readonly fields: FieldRecorder | undefined;
  readonly tcpFlows4 = new TcpFlows(3);
  readonly tcpFlows6 = new TcpFlows(9);

  readonly ip: IpContext = { version: 4, headerAt: 0, isFragment: false, hopLimit: 0 };

  /** The IPv6 datagram's payload length, which a hop-by-hop option may replace (RFC 2675). */
  readonly jumbo: JumboState = { found: false, payloadLength: 0 };

  /** The TCP segment's numbers as shown, and what its SACK blocks are relative to. */
  readonly sequence = { number: 0, acknowledgement: 0, sackBase: 0 };

  line = new LineBuffer();
  view: DataView = new DataView(new ArrayBuffer(0));
  /**
   * Where decoding stops: at the end of the captured bytes, or earlier if a header says that its
   * payload is shorter (the rest is padding).
   */
  end = 0;
  /** The protocol whose decoder is running, as `[|…]` names it. */
  protocol = '';

  #truncatedAt = -1;
  #truncatedIn = '';
  #nested = 0;

  constructor(
    decoders: Decoders,
    options: DecodeOptions,
    palette: Palette = PLAIN_PALETTE,
    fields?: FieldRecorder,
  ) {
    this.decoders = decoders;
    this.options = options;
    this.palette = palette;
    this.fields = fields;
  }

  /** Begins a packet: the `capturedLength` bytes at `at`. */
  begin(view: DataView, at: number, capturedLength: number, line: LineBuffer): void {
    this.view = view;
    this.end = at + capturedLength;
    this.line = line;
    this.protocol = '';
    this.#truncatedAt = -1;
    this.#nested = 0;
  }

  /**
   * Counts one more nested header; if there are too many, notes that in the line and returns false.
   * Frames (printEthernet) and IP payloads (printIpPayload) are counted: recursion always goes
   * through one of them.
   */
  nest(): boolean {
    if (++this.#nested <= MAX_NESTING) return true;
    this.line.text(` [nested more than ${MAX_NESTING} deep]`);
    return false;
  }

  /** Whether a read went past the end; nothing written from then on is shown. */
  isTruncated(): boolean {
    return this.#truncatedAt >= 0;
  }

  /** If a read failed, cuts the line back to where it did and appends ` [|proto]`. */
  finish(): void {
    if (this.#truncatedAt < 0) return;
    this.line.cutTo(this.#truncatedAt);
    this.line.put(this.palette.reset);
    this.protocol = this.#truncatedIn;
    this.writeTruncated();
  }

  /** Marks the packet as truncated, unless it already is. */
  truncate(at = this.line.length): 0 {
    if (this.#truncatedAt < 0) {
      this.#truncatedAt = at;
      this.#truncatedIn = this.protocol;
    }
    return 0;
  }

  /** Moves the mark, if it is past `length`, back to it. */
  truncateBefore(length: number): void {
    if (this.#truncatedAt > length) this.#truncatedAt = length;
  }

  /**
   * Takes back what was written after `length`, and the mark if it was set since then; for what is
   * read but not shown.
   */
  takeBack(length: number): void {
    this.line.cutTo(length);
    if (this.#truncatedAt >= length) this.#truncatedAt = -1;
  }

  has(at: number, count: number): boolean {
    return at + count <= this.end;
  }

  /** Like has(), but marks the packet as truncated if it returns false. */
  need(at: number, count: number): boolean {
    if (at + count <= this.end) return true;
    this.truncate();
    return false;
  }

  /** Bytes from `at` to the end. */
  remaining(at: number): number {
    return Math.max(0, this.end - at);
  }

  u8(at: number): number {
    return at < this.end ? this.view.getUint8(at) : this.truncate();
  }

  u16(at: number): number {
    return at + 2 <= this.end ? this.view.getUint16(at) : this.truncate();
  }

  u24(at: number): number {
    return at + 3 <= this.end
      ? (this.view.getUint16(at) << 8) | this.view.getUint8(at + 2)
      : this.truncate();
  }

  u32(at: number): number {
    return at + 4 <= this.end ? this.view.getUint32(at) : this.truncate();
  }

  u16le(at: number): number {
    return at + 2 <= this.end ? this.view.getUint16(at, true) : this.truncate();
  }

  /**
   * Moves the end to `length` bytes from `at`, if that is earlier. Returns the old end, which the
   * caller restores when it leaves its layer.
   */
  narrow(at: number, length: number): number {
    const outer = this.end;
    if (at + length < outer) this.end = at + length;
    return outer;
  }

  writeTruncated(): void {
    this.line.text(' [|');
    this.line.text(this.protocol);
    this.line.byte(Char.RightBracket);
  }

  writeInvalid(): void {
    this.line.text(' (invalid)');
  }

  writeIpv4(at: number): void {
    if (!this.need(at, 4)) return;
    const { line, palette } = this;
    if (palette.isColoured) line.put(palette.address.open);
    line.ipv4(this.view.getInt32(at));
    if (palette.isColoured) line.put(palette.address.close);
  }

  writeIpv6(at: number): void {
    if (!this.need(at, 16)) return;
    const { line, palette } = this;
    if (palette.isColoured) line.put(palette.address.open);
    line.ipv6(this.view, at);
    if (palette.isColoured) line.put(palette.address.close);
  }

  /** A protocol's name, in colour. */
  writeProtocol(name: Ascii): void {
    const { line, palette } = this;
    if (palette.isColoured) line.put(palette.protocol.open);
    line.put(name);
    if (palette.isColoured) line.put(palette.protocol.close);
  }

  writeMac(at: number): void {
    if (!this.need(at, 6)) return;
    const { line, palette } = this;
    line.put(palette.address.open);
    line.linkAddress(this.view, at);
    line.put(palette.address.close);
  }

  /** `length` bytes as hexadecimal digits. */
  writeHexBytes(at: number, length: number): void {
    for (let i = 0; i < length && !this.isTruncated(); i++) this.line.hexByte(this.u8(at + i));
  }

  /**
   * Up to `count` bytes escaped for display, stopping at the end; false if the end came first.
   */
  writeEscaped(at: number, count: number): boolean {
    const stop = Math.min(at + count, this.end);
    for (let i = at; i < stop; i++) this.line.escaped(this.view.getUint8(i));
    return at + count <= this.end;
  }
}
