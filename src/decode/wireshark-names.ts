import type { Field } from './field.js';
import { ALL_FIELDS } from './fields.js';

/** Wireshark's names of what has another name here (docs/json.md), and fields that join several. */
const NAMES: readonly (readonly [name: string, ...fields: string[]])[] = [
  ['frame.time', 'time'],
  ['frame.time_utc', 'time'],
  ['frame.len', 'length'],
  ['frame.cap_len', 'captured'],
  ['frame.interface_name', 'interface'],
  ['frame.interface_queue', 'ring'],
  ['frame.comment', 'comment'],
  ['eth.addr', 'eth.dst', 'eth.src'],
  ['ip.addr', 'ip.src', 'ip.dst'],
  // Without name resolution hosts are addresses.
  ['ip.host', 'ip.src', 'ip.dst'],
  ['ip.src_host', 'ip.src'],
  ['ip.dst_host', 'ip.dst'],
  ['ipv6.addr', 'ipv6.src', 'ipv6.dst'],
  ['ipv6.host', 'ipv6.src', 'ipv6.dst'],
  ['ipv6.src_host', 'ipv6.src'],
  ['ipv6.dst_host', 'ipv6.dst'],
  ['tcp.port', 'tcp.srcport', 'tcp.dstport'],
  ['udp.port', 'udp.srcport', 'udp.dstport'],
  ['sctp.port', 'sctp.srcport', 'sctp.dstport'],
  ['dns.a', 'dns.resp.a'],
  ['dns.aaaa', 'dns.resp.aaaa'],
  ['dns.ns', 'dns.resp.ns'],
  ['dns.cname', 'dns.resp.cname'],
  ['dns.ptr.domain_name', 'dns.resp.ptr'],
  ['dns.mx.mail_exchange', 'dns.resp.mx'],
  ['dns.srv.target', 'dns.resp.srv'],
];

/** The fields by every name that they have; those of a joined one in no order. */
export const FIELDS_BY_NAME: ReadonlyMap<string, readonly Field[]> = (() => {
  const single = new Map(ALL_FIELDS.map((field) => [field.name, [field]]));
  const others = NAMES.map(([name, ...fields]): [string, Field[]] => [
    name,
    fields.flatMap((own) => single.get(own) ?? []),
  ]);
  return new Map([...single, ...others]);
})();
