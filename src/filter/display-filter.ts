/** Wireshark's fields that pcap-filter(7) has a word for, and the word. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ['eth.addr', 'ether host'],
  ['eth.src', 'ether src'],
  ['eth.dst', 'ether dst'],
  ['ip.addr', 'host'],
  ['ip.src', 'src host'],
  ['ip.dst', 'dst host'],
  ['ip.proto', 'ip proto'],
  ['ipv6.addr', 'host'],
  ['ipv6.src', 'src host'],
  ['ipv6.dst', 'dst host'],
  ['tcp.port', 'tcp port'],
  ['tcp.srcport', 'tcp src port'],
  ['tcp.dstport', 'tcp dst port'],
  ['udp.port', 'udp port'],
  ['udp.srcport', 'udp src port'],
  ['udp.dstport', 'udp dst port'],
  ['vlan.id', 'vlan'],
]);

const PROTOCOLS =
  'frame|eth|vlan|arp|ip|ipv6|icmp|icmpv6|igmp|tcp|udp|sctp|dns|mdns|http|http2|tls|ssl|quic|dhcp|bootp|ntp|ospf';
const FIELD = String.raw`\b(?:${PROTOCOLS})(?:\.[a-z]\w*)+`;
const OPERATOR = String.raw`==|!=|>=|<=|>|<|=|\b(?:eq|ne|gt|lt|ge|le|contains|matches|in)\b`;

/** A field that is compared, or that is a whole term: a host name is neither. */
const DISPLAY_FILTER = new RegExp(
  String.raw`${FIELD}\s*(?:${OPERATOR})|(?:^|&&|\|\||\band\b|\bor\b|[(!])\s*${FIELD}\s*(?:$|&&|\|\||\band\b|\bor\b|\))`,
  'i',
);
const EQUALITY = new RegExp(String.raw`(${FIELD})\s*(==|!=|\beq\b|\bne\b)\s*([\w.:/-]+)`, 'gi');

/** Whether the expression is a Wireshark display filter. */
export function isDisplayFilter(expression: string): boolean {
  return DISPLAY_FILTER.test(expression);
}

/** The same as a pcap-filter(7) expression; undefined if that has no word for some of it. */
export function asCaptureFilter(expression: string): string | undefined {
  const translated = expression.replaceAll(
    EQUALITY,
    (comparison, field: string, operator: string, value: string) => {
      const word = FIELDS.get(field.toLowerCase());
      if (word === undefined) return comparison;
      const isNegated = operator === '!=' || operator.toLowerCase() === 'ne';
      const qualified = value.includes('/') ? word.replace('host', 'net') : word;
      return `${isNegated ? 'not ' : ''}${qualified} ${value}`;
    },
  );
  // Some of it could not be translated.
  if (isDisplayFilter(translated)) return undefined;
  return translated
    .replaceAll(/\s*&&\s*/g, ' and ')
    .replaceAll(/\s*\|\|\s*/g, ' or ')
    .replaceAll(/!\s*/g, 'not ')
    .trim();
}
