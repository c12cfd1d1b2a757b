import { closeSync, openSync, writeSync } from 'node:fs';

/** Pieces in which the file is written. */
const PIECE = 1 << 20;
const HEADERS = 14 + 20 + 20;
const RECORD_HEADER = 16;
const TCP = 6;
const UDP = 17;
const ICMP = 1;

/** Numbers that are the same in every run (xorshift32). */
class Numbers {
  #state = 0x9e3779b9;

  below(bound: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) % bound;
  }
}

/** What is in the packets. */
export interface Payload {
  /** Fewer bytes than that. */
  readonly below: number;
  /** Not zeros, but half noise and half text, as of a network with encrypted and other traffic. */
  readonly hasContent: boolean;
}

const SHORT_ZEROS: Payload = { below: 200, hasContent: false };

/** Longer than the window of any compressor at its fastest. */
const CONTENT = 1 << 22;

const HALF = 500;
const SPACE = 32;
const LETTER_A = 97;

/** Noise and text in turn. */
function makeContent(numbers: Numbers): Buffer {
  const words = Array.from({ length: 1000 }, () =>
    Array.from({ length: 2 + numbers.below(8) }, () => LETTER_A + numbers.below(26)).concat(SPACE),
  );
  const content = Buffer.alloc(CONTENT);
  for (let at = 0; at < CONTENT;) {
    if (Math.floor(at / HALF) % 2 === 0) content[at++] = numbers.below(256);
    else for (const letter of words[numbers.below(words.length)] ?? []) content[at++] = letter;
  }
  return content;
}

interface Flow {
  readonly protocol: number;
  readonly source: number;
  readonly destination: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
  sequence: number;
}

/**
 * Writes a pcap file of TCP, UDP and ICMP over IPv4 in 4,000 flows that take turns at random: what
 * a busy server's capture looks like. TCP and UDP checksums are left zero, which nobody checks
 * without -v.
 */
export function writeMixedSavefile(file: string, packets: number, payload = SHORT_ZEROS): void {
  const numbers = new Numbers();
  const content = payload.hasContent ? makeContent(numbers) : undefined;
  const flows = Array.from({ length: 4000 }, () => makeFlow(numbers));
  const buffer = Buffer.alloc(PIECE);
  const descriptor = openSync(file, 'w');
  try {
    let at = writeFileHeader(buffer);
    for (let i = 0; i < packets; i++) {
      if (at + RECORD_HEADER + HEADERS + payload.below > PIECE) {
        writeSync(descriptor, buffer, 0, at);
        at = 0;
      }
      const flow = flows[numbers.below(flows.length)];
      if (flow !== undefined)
        at = writeRecord(buffer, at, flow, i, payload.below, content, numbers);
    }
    writeSync(descriptor, buffer, 0, at);
  } finally {
    closeSync(descriptor);
  }
}

function makeFlow(numbers: Numbers): Flow {
  const kind = numbers.below(10);
  return {
    protocol: kind < 7 ? TCP : kind < 9 ? UDP : ICMP,
    // 10.0.0.0/14 to 192.0.2.0/24
    source: 0x0a000000 + numbers.below(1 << 18),
    destination: 0xc0000200 + numbers.below(256),
    sourcePort: 32768 + numbers.below(28000),
    // Ports without a protocol of their own in either tool's tables, and 443.
    destinationPort: numbers.below(2) === 0 ? 443 : 20000 + numbers.below(1000),
    sequence: numbers.below(0x7fffffff),
  };
}

/** draft-ietf-opsawg-pcap, section 4; microseconds, Ethernet. */
function writeFileHeader(buffer: Buffer): number {
  buffer.writeUInt32LE(0xa1b2c3d4, 0);
  buffer.writeUInt16LE(2, 4);
  buffer.writeUInt16LE(4, 6);
  buffer.writeUInt32LE(262144, 16);
  buffer.writeUInt32LE(1, 20);
  return 24;
}

function writeRecord(
  buffer: Buffer,
  at: number,
  flow: Flow,
  index: number,
  payloadBelow: number,
  content: Buffer | undefined,
  numbers: Numbers,
): number {
  const { protocol } = flow;
  const transportLength = protocol === TCP ? 20 : 8;
  const payload = numbers.below(payloadBelow);
  const length = 14 + 20 + transportLength + payload;
  const start = at + RECORD_HEADER;
  // 100,000 packets a second.
  buffer.writeUInt32LE(1_700_000_000 + Math.floor(index / 100_000), at);
  buffer.writeUInt32LE((index % 100_000) * 10, at + 4);
  buffer.writeUInt32LE(length, at + 8);
  buffer.writeUInt32LE(length, at + 12);
  buffer.fill(0, start, start + length);
  buffer[start] = buffer[start + 6] = 2;
  buffer.writeUInt16BE(0x0800, start + 12);
  writeIp(buffer, start + 14, flow, length - 14, index);
  writeTransport(buffer, start + 34, flow, payload);
  if (content !== undefined) {
    const from = numbers.below(CONTENT - payload);
    content.copy(buffer, start + length - payload, from, from + payload);
  }
  return start + length;
}

function writeIp(buffer: Buffer, at: number, flow: Flow, length: number, index: number): void {
  buffer[at] = 0x45;
  buffer.writeUInt16BE(length, at + 2);
  buffer.writeUInt16BE(index & 0xffff, at + 4);
  buffer[at + 8] = 64;
  buffer[at + 9] = flow.protocol;
  buffer.writeUInt32BE(flow.source, at + 12);
  buffer.writeUInt32BE(flow.destination, at + 16);
  // RFC 1071, section 1.
  let sum = 0;
  for (let i = 0; i < 20; i += 2) sum += buffer.readUInt16BE(at + i);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  buffer.writeUInt16BE(~sum & 0xffff, at + 10);
}

function writeTransport(buffer: Buffer, at: number, flow: Flow, payload: number): void {
  if (flow.protocol === ICMP) {
    buffer[at] = 8;
    buffer.writeUInt16BE(flow.sourcePort, at + 4);
    buffer.writeUInt16BE(flow.sequence++ & 0xffff, at + 6);
    return;
  }
  buffer.writeUInt16BE(flow.sourcePort, at);
  buffer.writeUInt16BE(flow.destinationPort, at + 2);
  if (flow.protocol === UDP) {
    buffer.writeUInt16BE(8 + payload, at + 4);
    return;
  }
  buffer.writeUInt32BE(flow.sequence >>> 0, at + 4);
  buffer.writeUInt32BE(1, at + 8);
  // Header of five words; ACK, with data PSH too.
  buffer[at + 12] = 0x50;
  buffer[at + 13] = payload > 0 ? 0x18 : 0x10;
  buffer.writeUInt16BE(501, at + 14);
  flow.sequence += payload;
}
