import { Field, Layer } from './field.js';

// What is recorded of a packet, in the order in which it stands there. Names are Wireshark's; the
// few that are nmcap's own are listed in docs/json.md.

/** Of the packet itself. */
export const PacketFields = {
  time: new Field('time', 'text'),
  interface: new Field('interface', 'text'),
  direction: new Field('direction', 'text'),
  ring: new Field('ring', 'number'),
  length: new Field('length', 'number'),
  captured: new Field('captured', 'number'),
  comment: new Field('comment', 'text'),
  summary: new Field('summary', 'text'),
} as const;

const eth = new Layer('eth');
export const EthernetFields = {
  layer: eth,
  destination: eth.text('dst'),
  source: eth.text('src'),
  type: eth.number('type'),
  length: eth.number('len'),
} as const;

const vlan = new Layer('vlan');
export const VlanFields = {
  layer: vlan,
  priority: vlan.number('priority'),
  dropEligible: vlan.boolean('dei'),
  id: vlan.number('id'),
  type: vlan.number('etype'),
} as const;

const llc = new Layer('llc');
export const LlcFields = {
  layer: llc,
  destination: llc.number('dsap'),
  source: llc.number('ssap'),
  control: llc.number('control'),
  oui: llc.number('oui'),
  /** Behind SNAP: an EtherType, or what the organisation has numbered. */
  type: llc.number('type'),
  protocol: llc.number('pid'),
} as const;

const arp = new Layer('arp');
const arpHardware = arp.group('hw');
const arpProtocol = arp.group('proto');
const arpSource = arp.group('src');
const arpTarget = arp.group('dst');
export const ArpFields = {
  layer: arp,
  operation: arp.number('opcode'),
  hardwareType: arpHardware.number('type'),
  hardwareSize: arpHardware.number('size'),
  protocolType: arpProtocol.number('type'),
  protocolSize: arpProtocol.number('size'),
  sourceHardware: arpSource.text('hw_mac'),
  sourceIpv4: arpSource.text('proto_ipv4'),
  targetHardware: arpTarget.text('hw_mac'),
  targetIpv4: arpTarget.text('proto_ipv4'),
} as const;

const ip = new Layer('ip');
const ipServices = ip.group('dsfield');
const ipFlags = ip.group('flags');
export const Ipv4Fields = {
  layer: ip,
  headerLength: ip.number('hdr_len'),
  dscp: ipServices.number('dscp'),
  ecn: ipServices.number('ecn'),
  totalLength: ip.number('len'),
  identification: ip.number('id'),
  dontFragment: ipFlags.boolean('df'),
  moreFragments: ipFlags.boolean('mf'),
  /** In units of eight bytes, as in the header. */
  fragmentOffset: ip.number('frag_offset'),
  timeToLive: ip.number('ttl'),
  protocol: ip.number('proto'),
  source: ip.text('src'),
  destination: ip.text('dst'),
} as const;

const ipv6 = new Layer('ipv6');
export const Ipv6Fields = {
  layer: ipv6,
  trafficClass: ipv6.number('tclass'),
  flowLabel: ipv6.number('flow'),
  payloadLength: ipv6.number('plen'),
  nextHeader: ipv6.number('nxt'),
  hopLimit: ipv6.number('hlim'),
  source: ipv6.text('src'),
  destination: ipv6.text('dst'),
} as const;

export const HopByHopLayer = new Layer('ipv6.hopopts');
export const DestinationOptionsLayer = new Layer('ipv6.dstopts');

const routing = new Layer('ipv6.routing');
export const RoutingFields = {
  layer: routing,
  type: routing.number('type'),
  segmentsLeft: routing.number('segleft'),
} as const;

const fragment = new Layer('ipv6.fraghdr');
export const FragmentFields = {
  layer: fragment,
  /** In units of eight bytes, as in the header. */
  offset: fragment.number('offset'),
  more: fragment.boolean('more'),
  identification: fragment.number('ident'),
} as const;

const mobility = new Layer('mip6');
export const MobilityFields = { layer: mobility, type: mobility.number('mhtype') } as const;

const tcp = new Layer('tcp');
const tcpFlags = tcp.group('flags');
export const TcpFields = {
  layer: tcp,
  sourcePort: tcp.number('srcport'),
  destinationPort: tcp.number('dstport'),
  /** Bytes of data. */
  length: tcp.number('len'),
  sequence: tcp.number('seq_raw'),
  acknowledgement: tcp.number('ack_raw'),
  headerLength: tcp.number('hdr_len'),
  flags: [
    [0x80, tcpFlags.boolean('cwr')],
    [0x40, tcpFlags.boolean('ece')],
    [0x20, tcpFlags.boolean('urg')],
    [0x10, tcpFlags.boolean('ack')],
    [0x08, tcpFlags.boolean('push')],
    [0x04, tcpFlags.boolean('reset')],
    [0x02, tcpFlags.boolean('syn')],
    [0x01, tcpFlags.boolean('fin')],
  ],
  window: tcp.number('window_size_value'),
  urgentPointer: tcp.number('urgent_pointer'),
} as const;

const udp = new Layer('udp');
export const UdpFields = {
  layer: udp,
  sourcePort: udp.number('srcport'),
  destinationPort: udp.number('dstport'),
  length: udp.number('length'),
} as const;

const sctp = new Layer('sctp');
export const SctpFields = {
  layer: sctp,
  sourcePort: sctp.number('srcport'),
  destinationPort: sctp.number('dstport'),
} as const;

const icmp = new Layer('icmp');
export const IcmpFields = {
  layer: icmp,
  type: icmp.number('type'),
  code: icmp.number('code'),
  identifier: icmp.number('ident'),
  sequence: icmp.number('seq'),
  mtu: icmp.number('mtu'),
  gateway: icmp.text('redir_gw'),
} as const;

const icmp6 = new Layer('icmpv6');
const icmp6Echo = icmp6.group('echo');
export const Icmp6Fields = {
  layer: icmp6,
  type: icmp6.number('type'),
  code: icmp6.number('code'),
  identifier: icmp6Echo.number('identifier'),
  sequence: icmp6Echo.number('sequence_number'),
  mtu: icmp6.number('mtu'),
  /** Of neighbour solicitations and advertisements. */
  target: icmp6.group('nd').text('target_address'),
} as const;

const dns = new Layer('dns');
const dnsFlags = dns.group('flags');
const dnsCount = dns.group('count');
const dnsQuestion = dns.list('qry');
const dnsAnswer = dns.list('resp');
export const DnsFields = {
  layer: dns,
  id: dns.number('id'),
  isResponse: dnsFlags.boolean('response'),
  opcode: dnsFlags.number('opcode'),
  flags: [
    [0x0200, dnsFlags.boolean('truncated')],
    [0x0100, dnsFlags.boolean('recdesired')],
    [0x0020, dnsFlags.boolean('authenticated')],
    [0x0010, dnsFlags.boolean('checkdisable')],
  ],
  /** Those of responses. */
  responseFlags: [
    [0x0400, dnsFlags.boolean('authoritative')],
    [0x0080, dnsFlags.boolean('recavail')],
  ],
  responseCode: dnsFlags.number('rcode'),
  questionCount: dnsCount.number('queries'),
  answerCount: dnsCount.number('answers'),
  authorityCount: dnsCount.number('auth_rr'),
  additionalCount: dnsCount.number('add_rr'),
  question: dnsQuestion,
  questionName: dnsQuestion.text('name'),
  questionType: dnsQuestion.number('type'),
  questionClass: dnsQuestion.number('class'),
  answer: dnsAnswer,
  answerName: dnsAnswer.text('name'),
  answerType: dnsAnswer.number('type'),
  answerClass: dnsAnswer.number('class'),
  answerTimeToLive: dnsAnswer.number('ttl'),
  answerIpv4: dnsAnswer.text('a'),
  answerIpv6: dnsAnswer.text('aaaa'),
  /** The names that records of some types lead to. */
  answerServer: dnsAnswer.text('ns'),
  answerAlias: dnsAnswer.text('cname'),
  answerPointer: dnsAnswer.text('ptr'),
  answerMailExchange: dnsAnswer.text('mx'),
  answerService: dnsAnswer.text('srv'),
} as const;

const http = new Layer('http');
const httpRequest = http.group('request');
const httpResponse = http.group('response');
export const HttpFields = {
  layer: http,
  requestMethod: httpRequest.text('method'),
  requestUri: httpRequest.text('uri'),
  requestVersion: httpRequest.text('version'),
  responseVersion: httpResponse.text('version'),
  responseCode: httpResponse.number('code'),
  responsePhrase: httpResponse.text('phrase'),
} as const;

const mpls = new Layer('mpls');
export const MplsFields = {
  layer: mpls,
  label: mpls.number('label'),
  trafficClass: mpls.number('exp'),
  isBottom: mpls.boolean('bottom'),
  timeToLive: mpls.number('ttl'),
} as const;

const pppoe = new Layer('pppoe');
export const PppoeFields = {
  layer: pppoe,
  code: pppoe.number('code'),
  session: pppoe.number('session_id'),
} as const;

const ppp = new Layer('ppp');
export const PppFields = { layer: ppp, protocol: ppp.number('protocol') } as const;

const gre = new Layer('gre');
export const GreFields = { layer: gre, protocol: gre.number('proto') } as const;

const vxlan = new Layer('vxlan');
export const VxlanFields = { layer: vxlan, network: vxlan.number('vni') } as const;

const geneve = new Layer('geneve');
export const GeneveFields = { layer: geneve, network: geneve.number('vni') } as const;

const ah = new Layer('ah');
export const AhFields = {
  layer: ah,
  index: ah.number('spi'),
  sequence: ah.number('sequence'),
} as const;

const esp = new Layer('esp');
export const EspFields = {
  layer: esp,
  index: esp.number('spi'),
  sequence: esp.number('sequence'),
} as const;

const igmp = new Layer('igmp');
export const IgmpFields = { layer: igmp, type: igmp.number('type') } as const;

const ospf = new Layer('ospf');
export const OspfFields = {
  layer: ospf,
  version: ospf.number('version'),
  type: ospf.number('msg'),
  length: ospf.number('packet_length'),
  router: ospf.text('srcrouter'),
  area: ospf.text('area_id'),
  /** Of version 2. */
  authenticationType: ospf.group('auth').number('type'),
  /** Of version 3. */
  instance: ospf.number('instance_id'),
} as const;

/** Layers of which it is recorded that they are there. */
export const NullLayer = new Layer('null');
export const SllLayer = new Layer('sll');
export const StpLayer = new Layer('stp');
export const LldpLayer = new Layer('lldp');
export const DhcpLayer = new Layer('dhcp');
export const NtpLayer = new Layer('ntp');
export const PimLayer = new Layer('pim');
export const VrrpLayer = new Layer('vrrp');
