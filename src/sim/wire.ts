import {
  type IpHeader,
  ipHeaderLength,
  writeIpHeader,
  writePayloadChecksum,
  writeUint16,
} from './internet.js';
import type { Random } from './random.js';

/** 'tx': the simulated host sends it. 'rx': it receives it. */
export type WireDirection = 'rx' | 'tx';
export type IpVersion = 'ipv4' | 'ipv6';

export interface SimulatedFrame {
  readonly direction: WireDirection;
  readonly ring: number;
  /** Ethernet frame without FCS, at least 60 bytes. */
  readonly bytes: Uint8Array;
}

/** A host as seen on the wire. */
export interface Host {
  /** The router's, for hosts behind it. */
  readonly mac: Uint8Array;
  readonly ipv4: Uint8Array;
  readonly ipv6: Uint8Array;
  /** The number of routers between it and the simulated host. */
  readonly hops: number;
}

/** IEEE 802.3: the minimum length of a frame, without FCS. */
const SHORTEST_FRAME = 60;
const ETHERTYPE = { ipv4: 0x0800, ipv6: 0x86dd } as const;
const ETHERTYPE_ARP = 0x0806;
const ETHERTYPE_VLAN = 0x8100;
/** How much memory is allocated for frames at a time, in bytes. */
const MEMORY_STEP = 1 << 18;
const BROADCAST = new Uint8Array(6).fill(0xff);

/** A packet to be sent; addresses and MACs follow from the peer. */
export interface Outgoing {
  readonly version: IpVersion;
  readonly protocol: number;
  /** The IP payload in pieces, with its checksum left 0. */
  readonly payload: readonly Uint8Array[];
  /** Absent if the protocol has none. */
  readonly ports?: { readonly tx: number; readonly rx: number };
  readonly vlan?: number;
  readonly hopLimit?: number;
  /** Replaces the address and MAC of the receiver. */
  readonly multicast?: { readonly mac: Uint8Array; readonly address: Uint8Array };
}

/** The cable of the simulated host: collects the frames of both directions. */
export class Wire {
  readonly frames: SimulatedFrame[] = [];
  readonly #host: Host;
  readonly #rings: number;
  /** Each end numbers its IPv4 packets. */
  readonly #identification: Record<WireDirection, number>;
  // Allocating thousands of separate buffers would take longer than filling them.
  #memory = new Uint8Array(MEMORY_STEP);
  #memoryUsed = 0;

  constructor(host: Host, rings: number, random: Random) {
    this.#host = host;
    this.#rings = rings;
    this.#identification = { rx: random.between(0, 0xffff), tx: random.between(0, 0xffff) };
  }

  /** `tx`: the host sends to `peer`; `rx`: `peer` sends to the host. */
  packet(direction: WireDirection, peer: Host, outgoing: Outgoing): void {
    const { version, protocol, payload, ports, vlan, multicast } = outgoing;
    const [from, to] = this.#ends(direction, peer);
    this.#identification[direction] = (this.#identification[direction] + 1) & 0xffff;
    const header: IpHeader = {
      source: from[version],
      destination: multicast?.address ?? to[version],
      protocol,
      hopLimit: outgoing.hopLimit ?? 64 - from.hops,
      identification: this.#identification[direction],
    };
    const ring = ringOf(this.#rings, [
      { address: this.#host[version], port: ports?.tx ?? 0 },
      { address: peer[version], port: ports?.rx ?? 0 },
    ]);

    let payloadLength = 0;
    for (const piece of payload) payloadLength += piece.length;
    const ipAt = vlan === undefined ? 14 : 18;
    const payloadAt = ipAt + ipHeaderLength(header);
    const frame = this.#frame(direction, ring, payloadAt + payloadLength);
    writeEthernetHeader(frame, multicast?.mac ?? to.mac, from.mac, ETHERTYPE[version], vlan);
    writeIpHeader(frame, ipAt, header, payloadLength);
    let at = payloadAt;
    for (const piece of payload) {
      frame.set(piece, at);
      at += piece.length;
    }
    writePayloadChecksum(frame, payloadAt, at, header);
  }

  /** ARP for IPv4 over Ethernet (RFC 826): requests are broadcast, replies go to the requester. */
  arp(direction: WireDirection, peer: Host, operation: 'request' | 'reply'): void {
    const [from, to] = this.#ends(direction, peer);
    // Receive-side scaling cannot hash frames that are not IP, and uses the first ring for them.
    const frame = this.#frame(direction, 0, 14 + 28);
    const destination = operation === 'request' ? BROADCAST : to.mac;
    writeEthernetHeader(frame, destination, from.mac, ETHERTYPE_ARP);
    frame.set([0, 1, 8, 0, 6, 4, 0, operation === 'request' ? 1 : 2], 14);
    frame.set(from.mac, 22);
    frame.set(from.ipv4, 28);
    if (operation === 'reply') frame.set(to.mac, 32);
    frame.set(to.ipv4, 38);
  }

  #ends(direction: WireDirection, peer: Host): [from: Host, to: Host] {
    return direction === 'tx' ? [this.#host, peer] : [peer, this.#host];
  }

  /** A new frame, filled with zeros. */
  #frame(direction: WireDirection, ring: number, contentLength: number): Uint8Array {
    const length = Math.max(contentLength, SHORTEST_FRAME);
    if (this.#memoryUsed + length > this.#memory.length) {
      this.#memory = new Uint8Array(Math.max(length, MEMORY_STEP));
      this.#memoryUsed = 0;
    }
    const bytes = this.#memory.subarray(this.#memoryUsed, this.#memoryUsed + length);
    this.#memoryUsed += length;
    this.frames.push({ direction, ring, bytes });
    return bytes;
  }
}

function writeEthernetHeader(
  frame: Uint8Array,
  destination: Uint8Array,
  source: Uint8Array,
  etherType: number,
  vlan?: number,
): void {
  frame.set(destination, 0);
  frame.set(source, 6);
  if (vlan === undefined) {
    writeUint16(frame, 12, etherType);
  } else {
    writeUint16(frame, 12, ETHERTYPE_VLAN);
    writeUint16(frame, 14, vlan);
    writeUint16(frame, 16, etherType);
  }
}

/**
 * The ring of a flow: a hash of both ends, as in receive-side scaling with a symmetric key, so that
 * both directions are on the same ring.
 */
function ringOf(rings: number, [one, other]: readonly [FlowEnd, FlowEnd]): number {
  return rings === 1 ? 0 : (endHash(one) + endHash(other)) % rings;
}

interface FlowEnd {
  readonly address: Uint8Array;
  readonly port: number;
}

/** FNV-1a. The high bits are used, as the lowest one is merely the parity of the bytes. */
function endHash({ address, port }: FlowEnd): number {
  let hash = 0x811c9dc5;
  for (const byte of address) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (port >>> 8), 0x01000193);
  return Math.imul(hash ^ (port & 0xff), 0x01000193) >>> 16;
}
