import {
  bytes,
  ethernet,
  hex,
  ipv4,
  ipv6,
  ipv6Address,
  pseudoHeader,
  withChecksum,
} from '../packet.js';
import { type FrameSet, frameSet } from './frame-set.js';

const VRRP = 112;

/** Bytes of Ethernet and IP in front of what is here. */
export const VRRP_AT = 34;
export const VRRP6_AT = 54;

function overIp(payload: Uint8Array, ttl = 255): Uint8Array {
  return ethernet(0x0800, ipv4({ protocol: VRRP, ttl }, payload));
}

function overIp6(payload: Uint8Array, hopLimit = 255): Uint8Array {
  return ethernet(0x86dd, ipv6({ nextHeader: VRRP, hopLimit }, payload));
}

/** Version 2: the checksum is over the message alone. */
function version2(text: string): Uint8Array {
  return withChecksum(hex(text), 6);
}

/** Version 3: over a pseudo-header too. */
function version3(version: 4 | 6, ...parts: readonly Uint8Array[]): Uint8Array {
  const message = bytes(...parts);
  return withChecksum(message, 6, pseudoHeader(version, VRRP, message.length));
}

/** What follows CARP's header, which is like VRRP's: a counter and a digest (ip_carp.h of FreeBSD). */
const CARP_DATA = hex('0123456789abcdef 000102030405060708090a0b0c0d0e0f10111213');

function carp(header: string): Uint8Array {
  return withChecksum(bytes(hex(header), CARP_DATA), 6);
}

const ADDRESSES6 = bytes(ipv6Address('fe80::5e:1'), ipv6Address('2001:db8::1'));

export const VRRP_FRAMES: readonly FrameSet[] = [
  frameSet('VRRP', {
    version2: overIp(version2('2101 6401 0001 0000 0a000001 0000000000000000')),
    noAuthentication: overIp(version2('2101 6401 0001 0000 0a000001')),
    hops: overIp(version2('2101 6401 0001 0000 0a000001 0000000000000000'), 64),
    badChecksum: overIp(hex('2101 6401 0001 0042 0a000001 0000000000000000')),
    addresses: overIp(version2('21ff ff03 0001 0000 0a000001 0a000002 0a000003')),
    noAddresses: overIp(version2('2101 0000 0001 0000')),
    addressesMissing: overIp(version2('2101 6403 0001 0000 0a000001')),
    password: overIp(version2('2101 6402 0101 0000 0a000001 0a000002 7365637265740000')),
    passwordFull: overIp(version2('2101 6401 0101 0000 0a000001 7365637265747321 4242')),
    passwordOdd: overIp(version2('2101 6401 0101 0000 0a000001 1b5b336d ff7f0a00')),
    passwordEmpty: overIp(version2('2101 6401 0101 0000 0a000001 0000000000000000')),
    passwordShort: overIp(version2('2101 6401 0101 0000 0a000001 736563')),
    header: overIp(version2('2101 6401 0201 0000 0a000001 0000000000000000')),
    otherAuthentication: overIp(version2('2101 6401 09ff 0000 0a000001 0000000000000000')),
    version3: overIp(version3(4, hex('3101 6401 0064 0000 0a000001'))),
    version3Interval: overIp(version3(4, hex('31ff fe02 ffff 0000 0a000001 0a000002'))),
    version3Bad: overIp(hex('3101 6401 0064 1234 0a000001'), 1),
    version3Old: overIp(withChecksum(hex('3101 6401 0064 0000 0a000001'), 6)),
    otherVersion: overIp(hex('4201 6401 0064 1234')),
    otherVersionAdvertises: overIp(hex('1101 6401 0064 1234')),
    otherType: overIp(hex('2201 6401 0064 1234'), 1),
    headerShort: overIp(hex('2101 6401')),
    tiny: overIp(hex('21')),
    fragment: ethernet(
      0x0800,
      ipv4(
        { protocol: VRRP, ttl: 255, fragment: 0x2000 },
        version3(4, hex('3101 6401 0064 0000 0a000001')),
      ),
    ),
  }),
  // It has VRRP's protocol number; which of the two it is cannot be seen.
  frameSet('CARP', {
    advertisement: overIp(carp('2101 0007 0001 0000')),
    skewed: overIp(carp('21ff f007 00ff 0000')),
    demoted: overIp(carp('2101 0007 0101 0000')),
    demotedMore: overIp(carp('2101 0007 f001 0000')),
    badChecksum: overIp(bytes(hex('2101 0007 0001 1234'), CARP_DATA)),
    hops: overIp(carp('2101 0007 0001 0000'), 64),
    otherType: overIp(carp('2201 0007 0001 0000')),
  }),
];

export const VRRP6_FRAMES: readonly FrameSet[] = [
  frameSet('VRRP over IPv6', {
    version3: overIp6(version3(6, hex('3101 6402 0064 0000'), ADDRESSES6)),
    version3Bad: overIp6(bytes(hex('3101 6402 0064 1234'), ADDRESSES6)),
    hops: overIp6(version3(6, hex('3101 6402 0064 0000'), ADDRESSES6), 64),
    addressesMissing: overIp6(version3(6, hex('3101 6403 0064 0000'), ADDRESSES6)),
    version2: overIp6(withChecksum(bytes(hex('2101 6401 0101 0000'), ADDRESSES6), 6)),
    otherVersion: overIp6(hex('4201 6401 0064 1234')),
  }),
  frameSet('CARP over IPv6', {
    advertisement: overIp6(carp('2101 0007 0001 0000')),
    badChecksum: overIp6(bytes(hex('2101 0007 0001 1234'), CARP_DATA)),
  }),
];
