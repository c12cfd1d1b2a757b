import { Protocol, writeUint16, writeUint32 } from './internet.js';
import type { Random } from './random.js';
import type { Host, IpVersion, Wire, WireDirection } from './wire.js';

const FIN = 0x01;
const SYN = 0x02;
const PSH = 0x08;
const ACK = 0x10;
const NO_DATA = new Uint8Array(0);
const WINDOW_SHIFT = 7;
/** Two no-operations, then the timestamp option (RFC 7323 appendix A). */
const TIMESTAMP_LENGTH = 12;

export interface TcpEnds {
  readonly peer: Host;
  readonly version: IpVersion;
  /** Each side's port, keyed by the direction in which that side sends. */
  readonly ports: { readonly tx: number; readonly rx: number };
}

/**
 * A TCP connection of the simulated host (RFC 9293), without loss. The sides are named after the
 * direction of their segments: 'tx' is the host, 'rx' its peer.
 */
export class TcpConnection {
  /** Data bytes of a full segment on a link with an MTU of 1500 bytes. */
  readonly segmentLength: number;

  readonly #wire: Wire;
  readonly #ends: TcpEnds;
  readonly #sequence: Record<WireDirection, number>;
  /** The sides' clocks for the timestamp option, in ms. */
  readonly #clock: Record<WireDirection, number>;
  readonly #announcedSegment: number;

  constructor(wire: Wire, random: Random, ends: TcpEnds) {
    this.#wire = wire;
    this.#ends = ends;
    this.#sequence = { rx: random.uint32(), tx: random.uint32() };
    this.#clock = { rx: random.uint32(), tx: random.uint32() };
    this.#announcedSegment = 1500 - (ends.version === 'ipv4' ? 40 : 60);
    this.segmentLength = this.#announcedSegment - TIMESTAMP_LENGTH;
  }

  /** The handshake, begun by `client`. */
  open(client: WireDirection): void {
    this.#segment(client, SYN);
    this.#segment(opposite(client), SYN | ACK);
    this.acknowledge(client);
  }

  /** Sends `data` in as many segments as needed; the other side acknowledges every second one. */
  send(sender: WireDirection, data: Uint8Array): void {
    const step = this.segmentLength;
    for (let at = 0, count = 1; at < data.length; at += step, count++) {
      const last = at + step >= data.length;
      this.#segment(sender, last ? PSH | ACK : ACK, data.subarray(at, at + step));
      if (last || count % 2 === 0) this.acknowledge(opposite(sender));
    }
  }

  acknowledge(sender: WireDirection): void {
    this.#segment(sender, ACK);
  }

  /** Closes both directions, that of `first` before the other. */
  close(first: WireDirection): void {
    this.#segment(first, FIN | ACK);
    this.#segment(opposite(first), FIN | ACK);
    this.acknowledge(first);
  }

  #segment(sender: WireDirection, flags: number, data: Uint8Array = NO_DATA): void {
    const { ports, peer, version } = this.#ends;
    const receiver = opposite(sender);
    const isSyn = (flags & SYN) !== 0;
    this.#clock[sender] = (this.#clock[sender] + 1) >>> 0;

    const headerLength = 20 + TIMESTAMP_LENGTH + (isSyn ? 8 : 0);
    const header = new Uint8Array(headerLength);
    writeUint16(header, 0, ports[sender]);
    writeUint16(header, 2, ports[receiver]);
    writeUint32(header, 4, this.#sequence[sender]);
    if ((flags & ACK) !== 0) writeUint32(header, 8, this.#sequence[receiver]);
    header[12] = (headerLength / 4) << 4;
    header[13] = flags;
    writeUint16(header, 14, isSyn ? 0xfaf0 : 0x01f5);
    let at = 20;
    if (isSyn) {
      // Maximum segment size; SACK permitted and window scale, each aligned by a no-operation.
      header.set([2, 4, this.#announcedSegment >>> 8, this.#announcedSegment & 0xff], at);
      header.set([1, 3, 3, WINDOW_SHIFT], at + 4);
      // SACK permitted takes the place of the two no-operations before the time stamp.
      header.set([4, 2], at + 8);
      at += 8;
    } else {
      header.set([1, 1], at);
    }
    header.set([8, 10], at + 2);
    writeUint32(header, at + 4, this.#clock[sender]);
    if ((flags & ACK) !== 0) writeUint32(header, at + 8, this.#clock[receiver]);

    this.#wire.packet(sender, peer, {
      version,
      protocol: Protocol.Tcp,
      payload: [header, data],
      ports,
    });
    const taken = data.length + ((flags & (SYN | FIN)) !== 0 ? 1 : 0);
    this.#sequence[sender] = (this.#sequence[sender] + taken) >>> 0;
  }
}

function opposite(direction: WireDirection): WireDirection {
  return direction === 'tx' ? 'rx' : 'tx';
}
