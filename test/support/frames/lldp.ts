import { Random } from '../../../src/sim/random.js';
import { bytes, ethernet, hex, ipv6Address, u16, u32 } from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

/** Bytes of Ethernet in front of the TLVs. */
export const LLDP_AT = 14;

type Part = Uint8Array | string | number;

function tlv(type: number, ...data: readonly Part[]): Uint8Array {
  const all = bytes(...data);
  return bytes(u16((type << 9) | all.length), all);
}

function lldp(...tlvs: readonly Uint8Array[]): Uint8Array {
  return ethernet(0x88cc, bytes(...tlvs));
}

const END = tlv(0);

/** Each on its own, for what is too short ends the rest. */
function each(tlvs: Readonly<Record<string, Uint8Array>>): Record<string, Uint8Array> {
  return Object.fromEntries(Object.entries(tlvs).map(([name, one]) => [name, lldp(one, END)]));
}

const BASIC = {
  whole: lldp(
    tlv(1, 4, hex('020000000001')),
    tlv(2, 5, 'e1'),
    tlv(3, u16(120)),
    tlv(4, 'uplink'),
    tlv(5, 'switch'),
    tlv(6, 'nmcap\n2'),
    tlv(7, u16(0x0014, 0x0010)),
    tlv(8, 5, 1, hex('0a000001'), 2, u32(7), 0),
    END,
  ),
  control: lldp(tlv(5, hex('1b5b316dff')), tlv(6, hex('1b5b316dff')), END),
  padded: lldp(tlv(5, hex('6162000000')), END, hex('0000000000')),
  chassis: lldp(
    ...[1, 2, 3, 6, 7].map((subtype) => tlv(1, subtype, 'name\0x')),
    tlv(1, 5, 1, hex('0a000001')),
    tlv(1, 5, 2, ipv6Address('2001:db8::1')),
    tlv(1, 5, 6, hex('020000000001')),
    tlv(1, 5, 196, 'vpn'),
    tlv(1, 9, 'other'),
  ),
  port: lldp(
    ...[1, 2, 5, 6, 7].map((subtype) => tlv(2, subtype, 'name')),
    tlv(2, 3, hex('020000000001ff')),
    tlv(2, 4, 1, hex('0a000001ff')),
    tlv(2, 0, 'other'),
  ),
  management: lldp(
    tlv(8, 17, 2, ipv6Address('2001:db8::1'), 3, u32(0xffffffff), 2, hex('2b06')),
    tlv(8, 7, 6, hex('020000000001'), 1, u32(7)),
    tlv(8, 3, 99, hex('0102'), 2, u32(7), 0, 9),
  ),
  capabilities: lldp(tlv(7, u16(0xffff, 0))),
  unknown: lldp(tlv(9, 'reserved'), tlv(126, 1), tlv(127, hex('aabbcc010203'))),
  noEnd: ethernet(0x88cc, hex('0602 0078 0a09 61')),
  empty: lldp(tlv(5), tlv(5, 'unseen')),
  nothing: ethernet(0x88cc, ''),
  ...each({
    chassisShort: tlv(1, 4),
    chassisMacShort: tlv(1, 4, 1, 2, 3),
    chassisNetworkShort: tlv(1, 5, 1, 10, 0, 0),
    portShort: tlv(2, 3),
    portMacShort: tlv(2, 3, 1, 2, 3),
    portNetworkShort: tlv(2, 4, 2, 1),
    timeShort: tlv(3, 1),
    capabilitiesShort: tlv(7, u16(1)),
    managementShort: tlv(8, 9, 1),
    managementNone: tlv(8, 0, 2, u32(7)),
    managementFamily: tlv(8, 1, 1),
    managementNumberShort: tlv(8, 5, 1, hex('0a000001'), 2, 1),
    managementObjectShort: tlv(8, 5, 1, hex('0a000001'), 2, u32(7), 9, 1),
    privateShort: tlv(127, hex('0080')),
  }),
};

const IEEE8021 = hex('0080c2');
const TABLES = hex('0011223345671020304000ffc8630001020304050607');

const PRIVATE_8021 = {
  vlans: lldp(
    tlv(127, IEEE8021, 1, u16(100)),
    tlv(127, IEEE8021, 2, 6, u16(200)),
    tlv(127, IEEE8021, 2, 0, u16(0)),
    tlv(127, IEEE8021, 3, u16(300), 4, 'blue'),
    tlv(127, IEEE8021, 3, u16(300), 9, 'blue'),
    tlv(127, IEEE8021, 4, 3, 'abc'),
    tlv(127, IEEE8021, 4, 4, 'abc'),
    tlv(127, IEEE8021, 7, 3, u32(5)),
  ),
  dataCenter: lldp(
    tlv(127, IEEE8021, 8, 0x55, 0xf0),
    tlv(127, IEEE8021, 9, 0xff, TABLES),
    tlv(127, IEEE8021, 10, 0x07, TABLES),
    tlv(127, IEEE8021, 11, 0xb8, 0x0f),
    tlv(127, IEEE8021, 12, 0, hex('7a8906 e10cbc')),
    tlv(127, IEEE8021, 12, 0, hex('7a89')),
    tlv(127, IEEE8021, 12, 5),
  ),
  bridging: lldp(
    tlv(127, IEEE8021, 13, hex('ff ff ff 7f ff')),
    tlv(127, IEEE8021, 13, hex('05 0a 45 c5 85')),
    tlv(127, IEEE8021, 14, hex('f8 00 0fff 001002 fff003')),
    tlv(127, IEEE8021, 14, hex('08 00 0001 0010')),
    tlv(127, IEEE8021, 15, 1),
    tlv(127, IEEE8021),
  ),
};

const IEEE8023 = hex('00120f');

const PRIVATE_8023 = {
  whole: lldp(
    tlv(127, IEEE8023, 1, 3, u16(0x6c01, 30)),
    tlv(127, IEEE8023, 1, 0, u16(0x8000, 99)),
    tlv(127, IEEE8023, 2, 0x0f, 1, 5),
    tlv(127, IEEE8023, 2, 0, 0, 0),
    tlv(127, IEEE8023, 3, 1, u32(0x80000001)),
    tlv(127, IEEE8023, 4, u16(9216)),
    tlv(127, IEEE8023, 5, 1),
    tlv(127, IEEE8023),
  ),
  types: lldp(...Array.from({ length: 42 }, (_, type) => tlv(127, IEEE8023, 1, 1, u16(1, type)))),
};

const TIA = hex('0012bb');
const ADDRESS = bytes(2, 'DE', 1, 2, 'BY', 3, 6, 'M\x1bnch.', 9, 1, 'x');

const PRIVATE_MED = {
  whole: lldp(
    tlv(127, TIA, 1, u16(0x003f), 1),
    tlv(127, TIA, 1, u16(0), 9),
    tlv(127, TIA, 2, 1, hex('4064ae')),
    tlv(127, TIA, 2, 99, hex('bfffff')),
    tlv(127, TIA, 4, 0x51, u16(154)),
    tlv(127, TIA, 4, 0xe0, u16(1023)),
    tlv(127, TIA, 4, 0x12, u16(1024)),
    ...[5, 6, 7, 8, 9, 10, 11].map((subtype) => tlv(127, TIA, subtype, 'v1\0.2')),
    tlv(127, TIA, 12, 'unknown'),
    tlv(127, TIA),
  ),
  coordinates: lldp(
    tlv(127, TIA, 3, 1, hex('53 12345678 ff ffffffff 1a 7fffffff 01')),
    tlv(127, TIA, 3, 1, hex('50 00000000 0f 00000001 00 00000000 09')),
    tlv(127, TIA, 3, 1, hex('50 00000000')),
  ),
  civic: lldp(
    tlv(127, TIA, 3, 2, ADDRESS.length, ADDRESS, 0),
    tlv(127, TIA, 3, 2, ADDRESS.length, ADDRESS),
    tlv(127, TIA, 3, 2, 3, 0, 'US', 0),
    tlv(127, TIA, 3, 2, 4, 1, 'US', 1, 0),
    tlv(127, TIA, 3, 2, 6, 7, 'US', 1, 9, 'a', 0),
    tlv(127, TIA, 3, 2, 7, 7, 'US', 0, 1, 'ab', 0),
    tlv(127, TIA, 3, 2, 2, 7),
    tlv(127, TIA, 3, 2),
  ),
  otherLocations: lldp(
    tlv(127, TIA, 3, 3, '911'),
    tlv(127, TIA, 3, 3),
    tlv(127, TIA, 3, 9, 'where'),
    tlv(127, TIA, 3),
  ),
};

const DCBX = hex('001b21');
const APPLICATIONS = hex('8906 001b21 08 0cbc 401b21 10 01');

const PRIVATE_OTHER = {
  dcbx: lldp(
    tlv(
      127,
      DCBX,
      2,
      tlv(1, 0, 1, u32(7, 8)),
      tlv(2, 0, 0, 0xe0, 0, hex('01234567'), hex('0a141e28323c46ff'), 8),
      tlv(3, 0, 0, 0x80, 0, 0xa5, 8),
      tlv(4, 0, 0, 0xab, 0, APPLICATIONS),
    ),
    tlv(127, DCBX, 2, tlv(9, 'unknown')),
    tlv(127, DCBX, 2, tlv(9, 'unknown'), tlv(4, 0, 0, 0, 0)),
    tlv(127, DCBX, 1, 'older'),
    tlv(127, DCBX, 3, 'other'),
    tlv(127, DCBX),
  ),
  dcbxShort: lldp(
    tlv(127, DCBX, 2, tlv(1, 'short'), tlv(4, 0, 0, 0, 0)),
    tlv(127, DCBX, 2, tlv(2, 'too short, by far')),
    tlv(127, DCBX, 2, tlv(3, 'short')),
    tlv(127, DCBX, 2, tlv(4, 1, 2, 3)),
    tlv(127, DCBX, 2, tlv(9, 1), u16((3 << 9) | 100), 1),
    tlv(127, DCBX, 2, tlv(9, 1), tlv(0), 1),
  ),
  iana: lldp(
    tlv(127, hex('00005e'), 1, 'https://m.example\xff'),
    tlv(127, hex('00005e'), 2, 'other'),
    tlv(127, hex('00005e'), 1, 'a'),
  ),
};

export const LLDP_FRAMES: FrameSet[] = [
  frameSet('LLDP', BASIC),
  frameSet('LLDP, IEEE 802.1', PRIVATE_8021),
  frameSet('LLDP, IEEE 802.3', PRIVATE_8023),
  frameSet('LLDP-MED', PRIVATE_MED),
  frameSet('LLDP, DCBX and IANA', PRIVATE_OTHER),
];

const ORGANISATIONS = ['0080c2', '00120f', '0012bb', '001b21', '00005e', '0000f8', '123456'];

function everyTlv(): Record<string, Uint8Array> {
  const random = new Random(1);
  const data = (length: number): Uint8Array =>
    Uint8Array.from({ length }, () => random.between(0, 255));
  const tlvs: Record<string, Uint8Array> = {};
  for (let length = 0; length <= 32; length++) {
    for (const type of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 126, 127]) {
      tlvs[`type ${type} of ${length} bytes`] = tlv(type, data(length));
    }
    for (let subtype = 0; subtype <= 16; subtype++) {
      tlvs[`chassis ${subtype} and ${length} bytes`] = tlv(1, subtype, data(length));
      tlvs[`port ${subtype} and ${length} bytes`] = tlv(2, subtype, data(length));
      for (const oui of ORGANISATIONS) {
        tlvs[`${oui} ${subtype} and ${length} bytes`] = tlv(127, hex(oui), subtype, data(length));
      }
    }
  }
  return each(tlvs);
}

/** Every type and subtype with data of many lengths; too many to be cut at every length. */
export const EVERY_LLDP_TLV = frameSet('Every LLDP TLV', everyTlv());
