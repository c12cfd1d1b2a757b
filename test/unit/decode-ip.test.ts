import { describeAsTcpdump } from '../support/compare.js';
import { ARP_FRAMES } from '../support/frames/arp.js';
import { ETHERNET_FRAMES } from '../support/frames/ethernet.js';
import { ICMP_FRAMES } from '../support/frames/icmp.js';
import { IPV4_FRAMES } from '../support/frames/ipv4.js';
import { IPV6_FRAMES } from '../support/frames/ipv6.js';
import { TCP_FRAMES } from '../support/frames/tcp.js';
import { UDP_FRAMES } from '../support/frames/udp.js';

[
  ETHERNET_FRAMES,
  ARP_FRAMES,
  IPV4_FRAMES,
  IPV6_FRAMES,
  UDP_FRAMES,
  TCP_FRAMES,
  ICMP_FRAMES,
].forEach(describeAsTcpdump);
