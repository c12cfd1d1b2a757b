import { DHCP_FRAMES } from './dhcp.js';
import { DNS_FRAMES } from './dns.js';
import type { FrameSet } from './frame-set.js';
import { ICMP6_FRAMES } from './icmp6.js';
import { IP_FRAMES } from './ip.js';
import { LLDP_FRAMES } from './lldp.js';
import { OSPF_FRAMES } from './ospf.js';
import { OSPF3_FRAMES } from './ospf3.js';
import { OTHER_FRAMES } from './other.js';
import { PPP_FRAMES } from './ppp.js';
import { SCTP_FRAMES } from './sctp.js';
import { STP_FRAMES } from './stp.js';
import { TUNNEL_FRAMES } from './tunnel.js';

/** Every frame that is compared with tcpdump. */
export const ALL_FRAMES: readonly FrameSet[] = [
  ...IP_FRAMES,
  ...ICMP6_FRAMES,
  ...DNS_FRAMES,
  ...DHCP_FRAMES,
  ...LLDP_FRAMES,
  ...TUNNEL_FRAMES,
  ...PPP_FRAMES,
  ...OSPF_FRAMES,
  ...OSPF3_FRAMES,
  STP_FRAMES,
  ...SCTP_FRAMES,
  ...OTHER_FRAMES,
];
