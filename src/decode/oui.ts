import type { Names } from './names.js';

/** Organisations whose protocols are decoded or named. */
export const Oui = {
  Ethernet: 0x000000,
  Cisco: 0x00000c,
  Iana: 0x00005e,
  CiscoBridged: 0x0000f8,
  /** After SNAP, bridged frames (RFC 2684); in LLDP, the TLVs of IEEE 802.1. */
  Ieee8021: 0x0080c2,
  Ieee8023: 0x00120f,
  Tia: 0x0012bb,
  Dcbx: 0x001b21,
  AppleTalk: 0x080007,
} as const;

/** As tcpdump spells them (oui_values in oui.c). */
export const OUI_NAMES: Names = new Map<number, string>([
  [Oui.Ethernet, 'Ethernet'],
  [Oui.Cisco, 'Cisco'],
  [Oui.Iana, 'IANA'],
  [0x000081, 'Nortel Networks SONMP'],
  [Oui.CiscoBridged, 'Cisco bridged'],
  [Oui.Ieee8021, 'Ethernet bridged'],
  [0x00a03e, 'ATM Forum'],
  [0x00e02f, 'DOCSIS Spanning Tree'],
  [Oui.AppleTalk, 'Appletalk'],
  [0x009069, 'Juniper'],
  [0x080009, 'Hewlett-Packard'],
  [Oui.Ieee8023, 'IEEE 802.3 Private'],
  [Oui.Tia, 'ANSI/TIA'],
  [Oui.Dcbx, 'DCBX'],
  [0x002320, 'Nicira Networks'],
  [0x5c16c7, 'Big Switch Networks'],
  [0xb0d2f5, 'Vello Systems'],
  [0x002481, 'HP'],
  [0x0004ea, 'HP-Labs'],
  [0x748771, 'Infoblox Inc'],
  [0xa42305, 'Open Networking Lab'],
  [0x00049f, 'Freescale'],
  [0x0015ad, 'Netronome'],
  [0x001018, 'Broadcom'],
  [0x00e004, 'PMC-Sierra'],
  [0xd0f0db, 'Ericsson'],
]);
