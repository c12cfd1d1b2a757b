import { bytes, ethernet, hex, ipv4, ipv6, tcp, u16, u32, udp } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

export const TUNNEL_FRAMES: FrameSet[] = [];

const IP = 0x0800;
const IP6 = 0x86dd;
const INNER = ipv4({ protocol: 17, source: '172.16.0.1' }, udp({}, 'data'));
const INNER6 = ipv6({ nextHeader: 17 }, udp({ version: 6 }, 'data'));

function overUdp(destination: number, payload: Uint8Array): Uint8Array {
  return ethernet(IP, ipv4({ protocol: 17 }, udp({ source: 50000, destination }, payload)));
}

TUNNEL_FRAMES.push(
  frameSet('MPLS', {
    ipv4: ethernet(0x8847, bytes(u32(0x0001_0140), INNER)),
    ipv6: ethernet(0x8848, bytes(u32(0x0001_0140), INNER6)),
    stack: ethernet(0x8847, bytes(u32(0x0001_0e3f, 0x0000_1040, 0x0000_0140), INNER)),
    explicitNull6: ethernet(0x8847, bytes(u32(0x0000_2140), INNER6)),
    unknown: ethernet(0x8847, bytes(u32(0x0001_0140), 'no protocol')),
    empty: ethernet(0x8847, u32(0x0001_0140)),
    broken: ethernet(0x8847, bytes(u32(0x0001_0040), hex('0102'))),
    overUdp: overUdp(6635, bytes(u32(0x0001_0140), INNER)),
  }),
);

function gre(flags: number, protocol: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return ethernet(IP, ipv4({ protocol: 47 }, bytes(u16(flags, protocol), ...parts)));
}

TUNNEL_FRAMES.push(
  frameSet('GRE', {
    plain: gre(0, 0x0800, INNER),
    ipv6: gre(0, 0x86dd, INNER6),
    everything: gre(0xb000, 0x0800, hex('1234 0000 0000002a 00000007'), INNER),
    routing: gre(
      0x4000,
      0x0800,
      hex('1234 0004 0800 0408 0a000001 0a000002 fffe 0004 00010002 1234 0002 0102 00000000'),
      INNER,
    ),
    routingOdd: gre(
      0x4000,
      0x0800,
      hex('0000 0000 0800 0304 0a000001 fffe 0003 000102 0800 0804 0a000001 00000000'),
      INNER,
    ),
    ethernet: gre(0x2000, 0x6558, hex('00000064'), ethernet(IP, INNER)),
    mpls: gre(0, 0x8847, u32(0x0001_0140), INNER),
    unknown: gre(0, 0x88b5, hex('0102')),
    version2: gre(2, 0x0800, INNER),
    pptp: gre(0x3081, 0x880b, hex('0008 0001 00000005 00000004'), hex('ff03 0021'), INNER),
    pptpAck: gre(0x2081, 0x880b, hex('0000 0001 00000004')),
    pptpOther: gre(0x3001, 0x1234, hex('0000 0001 00000004')),
    overIpv6: ethernet(IP6, ipv6({ nextHeader: 47 }, bytes(u16(0, 0x0800), INNER))),
  }),
);

TUNNEL_FRAMES.push(
  frameSet('VXLAN and Geneve', {
    vxlan: overUdp(4789, bytes(hex('08000000 00002a00'), ethernet(IP, INNER))),
    vxlanFlags: overUdp(4789, bytes(hex('80000000 00002a00'), ethernet(IP, INNER))),
    vxlanShort: overUdp(4789, hex('08000000')),
    geneve: overUdp(6081, bytes(hex('0000 6558 00002a 00'), ethernet(IP, INNER))),
    geneveIp: overUdp(6081, bytes(hex('00c0 0800 00002a 07'), INNER)),
    geneveOptions: overUdp(
      6081,
      bytes(
        hex('0640 6558 00002a 00 0102 8001 01020304 fff3 0000 0004 0101 0badcafe 0099 0900'),
        ethernet(IP, INNER),
      ),
    ),
    geneveOptionLong: overUdp(
      6081,
      bytes(hex('0140 6558 00002a 00 0102 8005'), ethernet(IP, INNER)),
    ),
    geneveClasses: overUdp(
      6081,
      bytes(hex('0300 6558 00002a 00 0100 0000 0101 0000 7777 0000'), ethernet(IP, INNER)),
    ),
    geneveMissing: overUdp(6081, hex('0f00 6558 00002a 00 0102')),
    geneveShort: overUdp(6081, hex('0f00')),
    geneveVersion: overUdp(6081, hex('4000 6558 00002a 00')),
    geneveUnknown: overUdp(6081, hex('0000 1234 00002a 00 01')),
  }),
);

TUNNEL_FRAMES.push(
  frameSet('IPsec', {
    esp: ethernet(IP, ipv4({ protocol: 50 }, hex('12345678 00000009 0102030405060708'))),
    espShort: ethernet(IP, ipv4({ protocol: 50 }, hex('12345678 00000009'))),
    espOverIpv6: ethernet(IP6, ipv6({ nextHeader: 50 }, hex('12345678 00000009 0102030405060708'))),
    ah: ethernet(
      IP,
      ipv4(
        { protocol: 51 },
        bytes(hex('1104 0000 12345678 00000009 0102030405060708090a0b0c'), udp({}, 'data')),
      ),
    ),
    ahTcp: ethernet(
      IP6,
      ipv6(
        { nextHeader: 51 },
        bytes(
          hex('0604 0001 12345678 00000009 0102030405060708090a0b0c'),
          tcp({ version: 6 }, 'data'),
        ),
      ),
    ),
    ahTwice: ethernet(
      IP,
      ipv4(
        { protocol: 51 },
        bytes(hex('3301 0000 12345678 00000009'), hex('1101 0000 12345678 00000009'), udp({}, '')),
      ),
    ),
  }),
);

const SESSION = hex('1100 0001');

TUNNEL_FRAMES.push(
  frameSet('PPPoE', {
    initiation: ethernet(0x8863, hex('1109 0000 000c 0101 0000 0103 0004 01020304')),
    offer: ethernet(
      0x8863,
      bytes(
        hex('1107 0000 0025 0102 0006'),
        'access',
        hex('0101 0003'),
        'isp',
        hex('0104 000c 0102030405060708090a0b0c 0000 0000'),
      ),
    ),
    longTag: ethernet(0x8863, bytes(hex('1107 0000 0068 0102 0064'), 'x'.repeat(100))),
    longHex: ethernet(
      0x8863,
      bytes(hex('1107 0000 0068 0104 0064'), new Uint8Array(100).fill(0xab)),
    ),
    terminate: ethernet(0x8863, hex('11a7 0001 0000')),
    unknownCode: ethernet(0x8863, hex('1142 0001 0004 0999 0000')),
    version: ethernet(0x8863, hex('2309 0000 0000')),
    tooLong: ethernet(0x8863, hex('1109 0000 0800')),
    short: ethernet(0x8863, hex('1109')),
    ipv4: ethernet(0x8864, bytes(SESSION, u16(INNER.length + 2, 0x0021), INNER)),
    ipv6: ethernet(0x8864, bytes(SESSION, u16(INNER6.length + 2, 0x0057), INNER6)),
    compressedProtocol: ethernet(0x8864, bytes(SESSION, u16(INNER.length + 1), 0x21, INNER)),
    addressField: ethernet(0x8864, bytes(SESSION, u16(INNER.length + 4, 0xff03, 0x0021), INNER)),
    pppd: ethernet(0x8864, bytes(SESSION, u16(INNER.length + 4, 0x0103, 0x0021), INNER)),
    mpls: ethernet(0x8864, bytes(SESSION, u16(INNER.length + 6, 0x0281), u32(0x0001_0140), INNER)),
    compressed: ethernet(0x8864, bytes(SESSION, hex('0004 00fd 0102'))),
    empty: ethernet(0x8864, bytes(SESSION, hex('0001 00'))),
    ppp: ethernet(0x880b, bytes(hex('ff03 0021'), INNER)),
  }),
);
