import { bytes, ethernet, hex, ipv4, ipv6Address, tcp, u16, u32, udpFrame } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

export const DNS_FRAMES: FrameSet[] = [];

/** A name without compression. */
function name(text: string): Uint8Array {
  const labels = text === '' ? [] : text.split('.');
  return bytes(...labels.map((label) => bytes(label.length, label)), 0);
}

const POINTER = u16(0xc00c);

function record(
  owner: Uint8Array,
  type: number,
  data: Uint8Array,
  recordClass = 1,
  length = data.length,
  timeToLive = 3600,
) {
  return bytes(owner, u16(type, recordClass), u32(timeToLive), u16(length), data);
}

function header(flags: number, ...counts: readonly number[]): Uint8Array {
  return u16(0x1234, flags, ...counts);
}

function overUdp(payload: Uint8Array, source = 40000, destination = 53): Uint8Array {
  return udpFrame({ source, destination }, payload);
}

function answer(flags: number, counts: readonly number[], ...parts: readonly Uint8Array[]) {
  return overUdp(bytes(header(flags, ...counts), ...parts), 53, 40000);
}

const QUESTION = bytes(name('www.example.org'), u16(1, 1));

DNS_FRAMES.push(
  frameSet('DNS queries', {
    a: overUdp(bytes(header(0x0100, 1, 0, 0, 0), QUESTION)),
    edns: overUdp(
      bytes(
        header(0x0120, 1, 0, 0, 1),
        QUESTION,
        record(name(''), 41, hex('000a0008 0102030405060708'), 1232),
      ),
    ),
    anyClass: overUdp(bytes(header(0x0010, 1, 0, 0, 0), name('example.org'), u16(255, 255))),
    unknownType: overUdp(bytes(header(0x0100, 1, 0, 0, 0), name('example.org'), u16(65, 9))),
    chaos: overUdp(bytes(header(0x0100, 1, 0, 0, 0), name('version.bind'), u16(16, 3))),
    root: overUdp(bytes(header(0, 1, 0, 0, 0), name(''), u16(2, 1))),
    twoQuestions: overUdp(bytes(header(0x0100, 2, 0, 0, 0), QUESTION, QUESTION)),
    missingQuestion: overUdp(bytes(header(0x0100, 2, 0, 0, 0), QUESTION)),
    none: overUdp(header(0x0100, 0, 0, 0, 0)),
    notify: overUdp(bytes(header(0x2400, 1, 0, 0, 0), QUESTION)),
    update: overUdp(
      bytes(
        header(0x2800, 1, 1, 1, 0),
        QUESTION,
        record(POINTER, 1, hex('0a000001')),
        record(POINTER, 1, hex('0a000002')),
      ),
    ),
    inverse: overUdp(
      bytes(header(0x0900, 1, 1, 0, 0), QUESTION, record(POINTER, 1, hex('0a000001'))),
    ),
    inverseNone: overUdp(header(0x0900, 0, 0, 0, 0)),
    short: overUdp(hex('0102030405')),
    control: overUdp(bytes(header(0, 1, 0, 0, 0), bytes(5, hex('1b5b316dff'), 0), u16(1, 1))),
    pointerLoop: overUdp(bytes(header(0, 1, 0, 0, 0), hex('c00c'), u16(1, 1))),
    pointerForward: overUdp(bytes(header(0, 1, 0, 0, 0), hex('03777777c0ff'), u16(1, 1))),
    pointerInHeader: overUdp(bytes(header(0, 1, 0, 0, 0), hex('03777777c004'), u16(1, 1))),
    reservedLabel: overUdp(bytes(header(0, 1, 0, 0, 0), hex('0377777780'), u16(1, 1))),
    extendedLabel: overUdp(bytes(header(0, 1, 0, 0, 0), hex('4203777700'), u16(1, 1))),
    bitLabel: overUdp(bytes(header(0, 1, 0, 0, 0), hex('410d abc8 41050f 00'), u16(1, 1))),
    bitLabelNibble: overUdp(bytes(header(0, 1, 0, 0, 0), hex('410b abc8 4103ff 00'), u16(1, 1))),
    tooLong: overUdp(
      bytes(
        header(0, 1, 0, 0, 0),
        ...Array.from({ length: 5 }, () => bytes(63, 'x'.repeat(63))),
        0,
        u16(1, 1),
      ),
    ),
  }),
);

const OPTIONS = [
  hex('0001 0002 0102'),
  hex('0003 0004 6e736964'),
  hex('0005 0004 0508 0dff'),
  hex('0006 0003 0102 09'),
  hex('0007 0002 0102'),
  hex('0008 0007 0001 1800 0a0b0c'),
  hex('0008 000b 0002 3810 20010db8000100'),
  hex('0008 0003 0001 18'),
  hex('0008 0008 0003 2000 0a0b0c0d'),
  hex('0009 0004 00000e10'),
  hex('0009 0003 00000e'),
  hex('000a 0018 0102030405060708 090a0b0c0d0e0f101112131415161718'),
  hex('000a 0009 010203040506070809'),
  hex('000b 0002 0067'),
  hex('000b 0000'),
  hex('000c 0003 000000'),
  hex('000d 0005 036f726700'),
  hex('000d 0006 036f7267d613'),
  hex('000d 0006 036f7267c001'),
  hex('000e 0004 12345678'),
  hex('000e 0003 123456'),
  hex('00ff 0002 abcd'),
];

DNS_FRAMES.push(
  frameSet('DNS answers', {
    timesToLive: answer(
      0x8180,
      [1, 3, 0, 0],
      QUESTION,
      ...[0, 32_230_861, 0xffff_ffff].map((time) =>
        record(POINTER, 1, hex('0a000001'), 1, 4, time),
      ),
    ),
    a: answer(
      0x8180,
      [1, 2, 0, 0],
      QUESTION,
      record(POINTER, 1, hex('0a000001')),
      record(POINTER, 1, hex('0a000002')),
    ),
    flags: answer(0x8630, [1, 0, 0, 0], QUESTION),
    nxdomain: answer(
      0x8183,
      [1, 0, 1, 0],
      QUESTION,
      record(
        POINTER,
        6,
        bytes(name('ns.example.org'), name('admin.example.org'), u32(2026, 7200, 3600, 86400, 300)),
      ),
    ),
    refused: answer(0x8005, [1, 0, 0, 0], QUESTION),
    extendedCode: answer(
      0x8000,
      [1, 0, 0, 1],
      QUESTION,
      bytes(name(''), u16(41, 4096), hex('01008000'), u16(0)),
    ),
    largeCode: answer(
      0x800f,
      [1, 0, 0, 1],
      QUESTION,
      bytes(name(''), u16(41, 4096), hex('ff000000'), u16(0)),
    ),
    noQuestion: answer(0x8180, [0, 1, 0, 0], record(name('x'), 1, hex('0a000001'))),
    twoQuestions: answer(0x8180, [2, 0, 0, 0], QUESTION, QUESTION),
    kinds: answer(
      0x8180,
      [1, 13, 1, 1],
      QUESTION,
      record(POINTER, 5, name('alias.example.org')),
      record(POINTER, 28, ipv6Address('2001:db8::1')),
      record(POINTER, 15, bytes(u16(10), name('mx'), POINTER.subarray(2))),
      record(POINTER, 16, bytes(4, 'text', 3, hex('1b0aff'))),
      record(POINTER, 33, bytes(u16(1, 2, 5060), name('sip'))),
      record(POINTER, 12, POINTER),
      record(POINTER, 39, name('d')),
      record(POINTER, 256, bytes(u16(10, 1), 'https://example.org/')),
      record(POINTER, 104, bytes('free text')),
      record(POINTER, 250, bytes(name('key'), u16(0, 0, 1), u16(300, 2, 0x0102, 77, 0, 0))),
      record(POINTER, 13, bytes('hinfo')),
      record(POINTER, 999, bytes('x')),
      record(POINTER, 2, name('ns'), 4),
      record(POINTER, 2, name('ns')),
      record(name(''), 41, bytes(), 1232),
    ),
    a6: answer(
      0x8180,
      [1, 4, 0, 0],
      QUESTION,
      record(POINTER, 38, bytes(0, ipv6Address('2001:db8::1'))),
      record(POINTER, 38, bytes(64, hex('0000000000000001'), name('prefix'))),
      record(POINTER, 38, bytes(128, name('all'))),
      record(POINTER, 38, bytes(200)),
    ),
    uriShort: answer(0x8180, [1, 1, 0, 0], QUESTION, record(POINTER, 256, hex('00010002'), 1, 3)),
    lengthTooLong: answer(
      0x8180,
      [1, 1, 0, 0],
      QUESTION,
      record(POINTER, 1, hex('0a000001'), 1, 40),
    ),
    missingAnswer: answer(0x8180, [1, 2, 0, 0], QUESTION, record(POINTER, 1, hex('0a000001'))),
    missingOthers: answer(0x8180, [1, 1, 1, 1], QUESTION, record(POINTER, 1, hex('0a000001'))),
    textShort: answer(0x8180, [1, 1, 0, 0], QUESTION, record(POINTER, 16, bytes(9, 'text'))),
    ...Object.fromEntries(
      OPTIONS.map((option, index) => [
        `option ${index}`,
        answer(0x8180, [1, 0, 0, 1], QUESTION, record(name(''), 41, option, 1232)),
      ]),
    ),
    allOptions: answer(0x8180, [0, 1, 0, 0], record(name(''), 41, bytes(...OPTIONS), 1232)),
  }),
);

DNS_FRAMES.push(
  frameSet('Multicast DNS', {
    query: overUdp(bytes(header(0, 1, 0, 0, 0), name('_http._tcp.local'), u16(12, 1)), 5353, 5353),
    unicast: overUdp(bytes(header(0, 1, 0, 0, 0), name('a.local'), u16(1, 0x8001)), 5353, 5353),
    answer: overUdp(
      bytes(header(0x8400, 0, 1, 0, 0), record(name('a.local'), 1, hex('0a000001'), 0x8001)),
      5353,
      5353,
    ),
  }),
);

function overTcp(payload: Uint8Array): Uint8Array {
  return ethernet(0x0800, ipv4({ protocol: 6 }, tcp({ destination: 53, flags: 0x18 }, payload)));
}

const MESSAGE = bytes(header(0x0100, 1, 0, 0, 0), QUESTION);

DNS_FRAMES.push(
  frameSet('DNS over TCP', {
    whole: overTcp(bytes(u16(MESSAGE.length), MESSAGE)),
    part: overTcp(bytes(u16(MESSAGE.length + 100), MESSAGE)),
    tiny: overTcp(bytes(1)),
    short: overTcp(hex('0003 010203')),
  }),
);
