import { ArpFields } from './arp.js';
import { DhcpLayer } from './dhcp/dhcp.js';
import { DnsFields } from './dns/fields.js';
import { EthernetFields, VlanFields } from './ethernet.js';
import type { Field, Layer } from './field.js';
import { GeneveFields } from './geneve.js';
import { GreFields } from './gre.js';
import { HttpFields } from './http.js';
import { IcmpFields } from './icmp/fields.js';
import { Icmp6Fields } from './icmp6/fields.js';
import { AhFields, EspFields } from './ipsec.js';
import { Ipv4Fields } from './ipv4.js';
import { Ipv6Fields } from './ipv6.js';
import { FragmentFields, RoutingFields } from './ipv6-extension.js';
import { MobilityFields } from './ipv6-mobility.js';
import { DestinationOptionsLayer, HopByHopLayer } from './ipv6-options.js';
import { NullLayer } from './link.js';
import { LlcFields } from './llc-fields.js';
import { LldpLayer } from './lldp/lldp.js';
import { MplsFields } from './mpls.js';
import { IgmpFields } from './multicast/igmp.js';
import { PimLayer } from './multicast/pim.js';
import { NtpLayer } from './ntp.js';
import { OspfFields } from './ospf/fields.js';
import { ColumnFields, PacketFields } from './packet-fields.js';
import { PppFields, PppoeFields } from './ppp/fields.js';
import { SctpFields } from './sctp.js';
import { SllLayer } from './sll.js';
import { StpLayer } from './stp.js';
import { TcpFields } from './tcp/fields.js';
import { UdpFields } from './udp.js';
import { VrrpLayer } from './vrrp.js';
import { VxlanFields } from './vxlan.js';

/**
 * Every layer that a packet may have, in the order of docs/json.md. A protocol's fields are defined
 * beside its decoder, under Wireshark's names; docs/json.md lists the few that are nmcap's own.
 */
export const LAYERS: readonly Layer[] = [
  EthernetFields.layer,
  VlanFields.layer,
  LlcFields.layer,
  ArpFields.layer,
  Ipv4Fields.layer,
  Ipv6Fields.layer,
  HopByHopLayer,
  DestinationOptionsLayer,
  RoutingFields.layer,
  FragmentFields.layer,
  MobilityFields.layer,
  TcpFields.layer,
  UdpFields.layer,
  SctpFields.layer,
  IcmpFields.layer,
  Icmp6Fields.layer,
  DnsFields.layer,
  HttpFields.layer,
  MplsFields.layer,
  PppoeFields.layer,
  PppFields.layer,
  GreFields.layer,
  VxlanFields.layer,
  GeneveFields.layer,
  AhFields.layer,
  EspFields.layer,
  IgmpFields.layer,
  OspfFields.layer,
  NullLayer,
  SllLayer,
  StpLayer,
  LldpLayer,
  DhcpLayer,
  NtpLayer,
  PimLayer,
  VrrpLayer,
];

/** Every field that may be recorded: those of the packet itself, then those of the layers. */
export const FIELDS: readonly Field[] = [
  ...Object.values(PacketFields),
  ...LAYERS.flatMap(({ fields }) => fields),
];

/** The same, and those that only columns may have. */
export const ALL_FIELDS: readonly Field[] = [...FIELDS, ...Object.values(ColumnFields)];

for (const [index, field] of ALL_FIELDS.entries()) field.index = index;
