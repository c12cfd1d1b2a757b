import { bytes, ethernet, hex, ipv4, ipv6, u16, u32, udp } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

export const OTHER_FRAMES: FrameSet[] = [];

const IP = 0x0800;
const IP6 = 0x86dd;

function overUdp(port: number, payload: Uint8Array): Uint8Array {
  return ethernet(IP, ipv4({ protocol: 17 }, udp({ source: port, destination: port }, payload)));
}

const TIMES = u32(0xee000000, 0x80000000, 0xee000000, 0x40000000, 0xee000001, 0x20000000);

OTHER_FRAMES.push(
  frameSet('NTP', {
    client: overUdp(
      123,
      bytes(
        hex('23 00 06 ec 00000000 00010000 00000000'),
        new Uint8Array(24),
        u32(0xee000001, 0x12345678),
      ),
    ),
    server: overUdp(
      123,
      bytes(hex('24 02 fa e9 00000f31 00001a2b 0a000001'), TIMES, u32(0xee000001, 0x12345678)),
    ),
    primary: overUdp(
      123,
      bytes(hex('64 01 06 e9 00000000 00000000'), 'GP\x01\xff', TIMES, u32(0xedffffff, 0xfffffff0)),
    ),
    broadcast: overUdp(
      123,
      bytes(hex('e5 03 60 80 00000000 00000000 0a000001'), TIMES, u32(0xee000000, 0x40000000)),
    ),
    query: overUdp(123, bytes(hex('24 3e 06 e9 00000000 00000000 0a000001'), TIMES, u32(0, 0))),
    reply: overUdp(123, bytes(hex('24 3f 06 e9 00000000 00000000 0a000001'), TIMES, u32(0, 0))),
    keyed: overUdp(
      123,
      bytes(hex('24 10 06 e9 00000000 00000000 0a000001'), TIMES, u32(0, 0), u32(17)),
    ),
    md5: overUdp(
      123,
      bytes(hex('24 02 06 e9 00000000 00000000 0a000001'), TIMES, u32(0, 0), u32(17, 1, 2, 3, 4)),
    ),
    sha1: overUdp(
      123,
      bytes(
        hex('24 02 06 e9 00000000 00000000 0a000001'),
        TIMES,
        u32(0, 0),
        u32(17, 1, 2, 3, 4, 5),
      ),
    ),
    extended: overUdp(
      123,
      bytes(hex('24 02 06 e9 00000000 00000000 0a000001'), TIMES, u32(0, 0), u32(17, 1)),
    ),
    short: overUdp(123, hex('24 02 06')),
    control: overUdp(123, hex('16 02 0001 0000 0000 0000 0000')),
    controlAnswer: overUdp(123, hex('16 e2 0001 0615 0007 0000 0004 61626364')),
    controlLong: overUdp(123, hex('16 82 0001 0615 0007 0000 0040 61626364')),
    controlShort: overUdp(123, hex('16 82 0001')),
    private: overUdp(123, hex('17 82 0001')),
  }),
);

OTHER_FRAMES.push(
  frameSet(
    'Raw IP',
    {
      ipv4: ipv4({ protocol: 17 }, udp({}, 'data')),
      ipv6: ipv6({ nextHeader: 59 }, ''),
      other: hex('5500'),
    },
    { linkType: 101 },
  ),
);

OTHER_FRAMES.push(
  frameSet(
    'BSD loopback',
    {
      little: bytes(hex('02000000'), ipv4({ protocol: 17 }, udp({}, 'data'))),
      big: bytes(hex('00000002'), ipv4({ protocol: 17 }, udp({}, 'data'))),
      freebsd: bytes(hex('1c000000'), ipv6({ nextHeader: 59 }, '')),
      darwin: bytes(hex('0000001e'), ipv6({ nextHeader: 59 }, '')),
      unknown: hex('63000000 0102030405'),
    },
    { linkType: 0 },
  ),
);

function sll(type: number, protocol: number, payload: Uint8Array): Uint8Array {
  return bytes(u16(type, 1, 6), hex('020000000001 0000'), u16(protocol), payload);
}

OTHER_FRAMES.push(
  frameSet(
    'Linux cooked captures',
    {
      in: sll(0, IP, ipv4({ protocol: 17 }, udp({}, 'data'))),
      out: sll(4, IP6, ipv6({ nextHeader: 59 }, '')),
      other: sll(9, 0x88b5, hex('01020304')),
      vlan: sll(1, 0x8100, bytes(hex('2064 0800'), ipv4({ protocol: 17 }, udp({}, 'data')))),
      vlanLlc: sll(1, 0x8100, hex('2064 0010 424203 0000 00 80')),
      llc: sll(2, 4, hex('424203 0000 00 80')),
      llcUnknown: sll(3, 4, hex('101103 0102')),
      longAddress: bytes(
        u16(3, 1, 0x0106),
        new Uint8Array(8),
        u16(IP),
        ipv4({ protocol: 17 }, udp({}, '')),
      ),
      noAddress: bytes(
        u16(3, 1, 0),
        new Uint8Array(8),
        u16(IP),
        ipv4({ protocol: 17 }, udp({}, '')),
      ),
    },
    { linkType: 113 },
  ),
);

function sll2(type: number, protocol: number, payload: Uint8Array): Uint8Array {
  return bytes(u16(protocol, 0), u32(99_999), u16(1), type, 6, hex('020000000001 0000'), payload);
}

OTHER_FRAMES.push(
  frameSet(
    'Linux cooked captures, version 2',
    {
      in: sll2(0, IP, ipv4({ protocol: 17 }, udp({}, 'data'))),
      out: sll2(4, IP6, ipv6({ nextHeader: 59 }, '')),
      other: sll2(9, 0x88b5, hex('01020304')),
      llc: sll2(2, 4, hex('424203 0000 00 80')),
    },
    { linkType: 276 },
  ),
);

OTHER_FRAMES.push(frameSet('Unsupported link types', { any: hex('00112233') }, { linkType: 147 }));
