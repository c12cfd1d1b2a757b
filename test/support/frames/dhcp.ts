import { bytes, hex, ipv4Address, u16, u32, udpFrame } from '../packet.js';
import { VARIANTS } from '../variants.js';
import { type FrameSet, frameSet } from './frame-set.js';

/** Bytes of Ethernet, IP and UDP in front of each message here. */
export const DHCP_AT = 42;

function overUdp(payload: Uint8Array): Uint8Array {
  return udpFrame({ source: 68, destination: 67 }, payload);
}

interface Header {
  operation?: number;
  hardware?: readonly [type: number, length: number];
  hops?: number;
  transaction?: number;
  seconds?: number;
  flags?: number;
  addresses?: readonly [client: string, your: string, server: string, gateway: string];
  serverName?: string;
  file?: string;
}

const NO_ADDRESSES = ['0.0.0.0', '0.0.0.0', '0.0.0.0', '0.0.0.0'] as const;

function padded(text: string, size: number): Uint8Array {
  return bytes(text, new Uint8Array(size - text.length));
}

function message(header: Header, vendor: Uint8Array): Uint8Array {
  return overUdp(
    bytes(
      header.operation ?? 1,
      header.hardware ?? [1, 6],
      header.hops ?? 0,
      u32(header.transaction ?? 0x12345678),
      u16(header.seconds ?? 0, header.flags ?? 0),
      ...(header.addresses ?? NO_ADDRESSES).map(ipv4Address),
      hex('020000000001'),
      new Uint8Array(10),
      padded(header.serverName ?? '', 64),
      padded(header.file ?? '', 128),
      vendor,
    ),
  );
}

const COOKIE = hex('63825363');

function withOptions(...options: readonly Uint8Array[]): Uint8Array {
  return message({}, bytes(COOKIE, ...options, 255));
}

function option(tag: number, ...data: readonly (Uint8Array | string | number)[]): Uint8Array {
  const all = bytes(...data);
  return bytes(tag, all.length, all);
}

const ANY_OPTION = Array.from({ length: 254 }, (_, index) => index + 1);

/** All options there are, each with the same data. */
function everyOption(data: Uint8Array): Uint8Array {
  return withOptions(...ANY_OPTION.map((tag) => option(tag, data)));
}

const DHCP_VARIANTS: typeof VARIANTS = { ...VARIANTS, '-vvv': { verbosity: 3 } };

const HEADERS = {
  request: message({ flags: 0x8000 }, bytes(COOKIE, hex('350101 ff'))),
  reply: message({ operation: 2 }, bytes()),
  unknown: message({ operation: 9 }, hex('00000000')),
  otherHardware: message({ hardware: [6, 6] }, hex('00000000')),
  otherLength: message({ hardware: [1, 8], transaction: 0 }, hex('00000000')),
  everything: message(
    {
      operation: 2,
      hops: 3,
      seconds: 70,
      flags: 0x8001,
      addresses: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'],
      serverName: 'boot\x1b[31m',
      file: '/tftpboot/kernel\xff',
    },
    hex('00000001 02'),
  ),
  endlessName: message({ serverName: 'x'.repeat(64) }, bytes(COOKIE, hex('350102 ff'))),
  endlessFile: message({ file: 'y'.repeat(128) }, bytes(COOKIE, hex('350102 ff'))),
  short: overUdp(hex('01010600 12345678 0000')),
  cmu: message(
    {},
    bytes('CMU\0', hex('03000000'), u32(1, 2, 3, 4, 5, 6, 7, 8), new Uint8Array(24)),
  ),
  cmuWithoutMask: message(
    {},
    bytes('CMU\0', hex('00000000'), u32(0xffffff00, 2, 0, 0, 0, 0, 0, 8)),
  ),
};

const OPTIONS = {
  discover: withOptions(
    hex('350101'),
    option(61, hex('01 020000000001')),
    option(50, hex('0a000009')),
    option(12, 'host\x07'),
    option(55, hex('0103060c0f1a2a79f9fcff00fe')),
    option(57, u16(1500)),
    option(60, 'MSFT 5.0'),
  ),
  acknowledgement: withOptions(
    hex('350105'),
    option(54, hex('0a000001')),
    option(51, u32(86_400)),
    option(58, u32(43_200)),
    option(1, hex('ffffff00')),
    option(2, hex('fffff1f0')),
    option(3, hex('0a000001 0a000002')),
    option(33, hex('0a000000 0a000001 0b000000 0a000002')),
    option(15, 'example.org'),
    option(19, hex('000102')),
    option(43, hex('01020304')),
    option(121, hex('00 0a000001 18 c0a801 0a000001 20 c0a80201 0a000002 01 80 0a000003')),
    option(46, 8),
    option(52, 3),
  ),
  messages: withOptions(...Array.from({ length: 15 }, (_, type) => option(53, type))),
  messageLong: withOptions(option(53, hex('0102')), option(53)),
  padding: withOptions(hex('00 350101 0000000000 0c0161 00')),
  paddingAtEnd: message({}, bytes(COOKIE, hex('350101 000000'))),
  pastEnd: withOptions(hex('350101 ff 350102')),
  noEnd: message({}, bytes(COOKIE, hex('350101'))),
  lengthMissing: message({}, bytes(COOKIE, hex('350101 0c'))),
  tooLong: message({}, bytes(COOKIE, hex('350101 0c09 6162'))),
  nothing: message({}, COOKIE),
  clientIds: withOptions(
    option(61),
    option(61, 0, 'text\x80'),
    ...[1, 6, 7, 15, 23, 24, 255].map((type) => option(61, type, hex('0102'))),
    option(61, 1),
  ),
  nodes: withOptions(
    ...[0, 1, 2, 4, 8, 9].map((type) => option(46, type)),
    option(46),
    option(46, 1, 2, 3),
  ),
  overloads: withOptions(
    ...[0, 1, 2, 3, 4].map((type) => option(52, type)),
    option(52),
    option(52, 1, 2),
  ),
  clientNames: withOptions(
    option(81, hex('000000'), 'host.example'),
    option(81, hex('0f0000'), 'host'),
    option(81, hex('05ff00')),
    option(81, hex('f10001'), '\x00a'),
    option(81, 1, 2),
    option(81),
  ),
  agent: withOptions(
    option(82, 1, 4, 'eth0', 2, 3, hex('01ff02'), 6, 2, 'me'),
    option(82, 5, 4, hex('0a000001'), 9, 0),
    option(82, 1, 9, 'eth0'),
    option(82, 1, 0, 7),
    option(82, 1),
    option(82),
  ),
  routes: withOptions(
    option(121, hex('21 0a000001')),
    option(121, hex('18 c0a801 0a0000')),
    option(249, hex('00 0a000001')),
    option(249, hex('09 0a80 0a000001 18')),
    option(121, hex('0a0000')),
    option(121),
  ),
  userClasses: withOptions(
    option(77, 3, 'abc', 2, hex('00ff')),
    option(77, 3, 'abc', 0, 'x'),
    option(77, 9, 'abc'),
    option(77, 3),
    option(77),
  ),
};

export const DHCP_FRAMES: FrameSet[] = [
  frameSet('DHCP header', HEADERS, { variants: DHCP_VARIANTS }),
  frameSet('DHCP options', OPTIONS, { variants: DHCP_VARIANTS }),
];

/** Every option with data of many lengths; too long to be cut at every length. */
export const EVERY_DHCP_OPTION = frameSet(
  'Every DHCP option',
  {
    ...Object.fromEntries(
      Array.from({ length: 18 }, (_, length) => [
        `${length} bytes`,
        everyOption(Uint8Array.from({ length }, (__, index) => 1 + 37 * index)),
      ]),
    ),
    zeros: everyOption(new Uint8Array(9)),
    ones: everyOption(new Uint8Array(9).fill(0xff)),
    requested: withOptions(
      option(
        55,
        Uint8Array.from({ length: 255 }, (_, tag) => tag),
      ),
    ),
  },
  { variants: DHCP_VARIANTS },
);
