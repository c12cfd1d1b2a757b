import { ARP_FRAMES } from './arp.js';
import { DHCP_FRAMES } from './dhcp.js';
import { DNS_FRAMES } from './dns.js';
import { DVMRP_FRAMES } from './dvmrp.js';
import { ETHERNET_FRAMES } from './ethernet.js';
import type { FrameSet } from './frame-set.js';
import { GENEVE_FRAMES } from './geneve.js';
import { GRE_FRAMES } from './gre.js';
import { ICMP_FRAMES } from './icmp.js';
import { ICMP6_FRAMES } from './icmp6.js';
import { RARE_ICMP6_FRAMES } from './icmp6-rare.js';
import { IGMP_FRAMES } from './igmp.js';
import { IPSEC_FRAMES } from './ipsec.js';
import { IPV4_FRAMES } from './ipv4.js';
import { IPV6_FRAMES } from './ipv6.js';
import { IPV6_EXTENSION_FRAMES } from './ipv6-extension.js';
import { LOOPBACK_FRAMES, RAW_IP_FRAMES, UNSUPPORTED_LINK_FRAMES } from './link.js';
import { LLDP_FRAMES } from './lldp.js';
import { MOBILITY_FRAMES } from './mobility.js';
import { MPLS_FRAMES } from './mpls.js';
import { MPTCP_FRAMES } from './mptcp.js';
import { NTP_FRAMES } from './ntp.js';
import { OSPF_FRAMES } from './ospf.js';
import { OSPF3_FRAMES } from './ospf3.js';
import { PIM_FRAMES, PIM_REGISTER_FRAMES, PIM6_FRAMES } from './pim.js';
import { PIM1_FRAMES } from './pim1.js';
import { PPP_FRAMES } from './ppp.js';
import { PPPOE_FRAMES } from './pppoe.js';
import { M3UA_FRAMES, SCTP_FRAMES } from './sctp.js';
import { SLL_FRAMES, SLL2_FRAMES } from './sll.js';
import { STP_FRAMES } from './stp.js';
import { TCP_FRAMES } from './tcp.js';
import { TCP_OPTION_FRAMES } from './tcp-options.js';
import { UDP_FRAMES } from './udp.js';
import { VRRP_FRAMES, VRRP6_FRAMES } from './vrrp.js';
import { VXLAN_FRAMES } from './vxlan.js';

/** Every frame that is compared with tcpdump. */
export const ALL_FRAMES: readonly FrameSet[] = [
  ETHERNET_FRAMES,
  ARP_FRAMES,
  IPV4_FRAMES,
  IPV6_FRAMES,
  IPV6_EXTENSION_FRAMES,
  MOBILITY_FRAMES,
  UDP_FRAMES,
  TCP_FRAMES,
  TCP_OPTION_FRAMES,
  MPTCP_FRAMES,
  ICMP_FRAMES,
  ...ICMP6_FRAMES,
  ...RARE_ICMP6_FRAMES,
  ...DNS_FRAMES,
  ...DHCP_FRAMES,
  ...LLDP_FRAMES,
  MPLS_FRAMES,
  GRE_FRAMES,
  VXLAN_FRAMES,
  GENEVE_FRAMES,
  IPSEC_FRAMES,
  PPPOE_FRAMES,
  ...PPP_FRAMES,
  ...OSPF_FRAMES,
  ...OSPF3_FRAMES,
  STP_FRAMES,
  SCTP_FRAMES,
  M3UA_FRAMES,
  IGMP_FRAMES,
  DVMRP_FRAMES,
  PIM1_FRAMES,
  ...PIM_FRAMES,
  PIM6_FRAMES,
  PIM_REGISTER_FRAMES,
  ...VRRP_FRAMES,
  ...VRRP6_FRAMES,
  NTP_FRAMES,
  RAW_IP_FRAMES,
  LOOPBACK_FRAMES,
  SLL_FRAMES,
  SLL2_FRAMES,
  UNSUPPORTED_LINK_FRAMES,
];
