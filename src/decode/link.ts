import { printEthernet } from './ethernet.js';
import { printIpv4 } from './ipv4.js';
import { printIpv6 } from './ipv6.js';
import type { Packet } from './packet.js';
import { dumpUnknown } from './unknown.js';

/** LINKTYPE_ numbers that nmcap decodes. */
export const LinkType = {
  Ethernet: 1,
  Raw: 101,
  Ipv4: 228,
  Ipv6: 229,
} as const;

/**
 * A packet of a capture, by its link type. Returns how many of its bytes are link-layer header, for
 * dumps that leave it out.
 */
export function printLink(packet: Packet, linkType: number, at: number, length: number): number {
  switch (linkType) {
    case LinkType.Ethernet:
      return printEthernet(packet, at, length);
    case LinkType.Raw:
    case LinkType.Ipv4:
    case LinkType.Ipv6:
      printRaw(packet, at, length);
      return 0;
    default:
      packet.line.text('UNSUPPORTED');
      dumpUnknown(packet, at, packet.remaining(at));
      return 0;
  }
}

function printRaw(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'ipn';
  if (packet.options.linkHeader) line.text('ip: ');
  const version = packet.u8(at) >> 4;
  if (version === 4) {
    printIpv4(packet, at, length);
  } else if (version === 6) {
    printIpv6(packet, at, length);
  } else {
    line.text('unknown ip ');
    line.decimal(version);
  }
}
