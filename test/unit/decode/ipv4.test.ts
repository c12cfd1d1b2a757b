import { describeAsTcpdump, describeMutatedAsTcpdump } from '../../support/compare.js';
import { ARP_FRAMES } from '../../support/frames/arp.js';
import { ETHERNET_FRAMES } from '../../support/frames/ethernet.js';
import { ICMP_FRAMES } from '../../support/frames/icmp.js';
import { IPV4_FRAMES } from '../../support/frames/ipv4.js';
import { IPV6_FRAMES } from '../../support/frames/ipv6.js';
import { TCP_FRAMES } from '../../support/frames/tcp.js';
import { UDP_FRAMES } from '../../support/frames/udp.js';

[
  ETHERNET_FRAMES,
  ARP_FRAMES,
  IPV4_FRAMES,
  IPV6_FRAMES,
  UDP_FRAMES,
  TCP_FRAMES,
  ICMP_FRAMES,
].forEach(describeAsTcpdump);

const HEADER = 14;

/** Version, protocol and ports of IPv4. */
const IPV4 = [14, 23, 34, 35, 36, 37];

describeMutatedAsTcpdump(ETHERNET_FRAMES, HEADER, [14, 15, 16, 17, 20, 21]);
describeMutatedAsTcpdump(ARP_FRAMES, HEADER, [14, 15]);
describeMutatedAsTcpdump(IPV4_FRAMES, HEADER, IPV4);
describeMutatedAsTcpdump(IPV6_FRAMES, HEADER, [14, 20, 54, 55, 56, 57]);
describeMutatedAsTcpdump(UDP_FRAMES, HEADER, IPV4);
describeMutatedAsTcpdump(TCP_FRAMES, HEADER, IPV4);
// Those of the datagram that is quoted, too.
describeMutatedAsTcpdump(ICMP_FRAMES, HEADER, [...IPV4, 51, 62, 63, 64, 65]);
