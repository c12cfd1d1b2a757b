/** Offsets into a message (RFC 4443, 2.1, 3 and 4; RFC 4861, 4). */
export const Icmp6 = {
  code: 1,
  checksum: 2,
  /** Of echoes, and of the messages of mobile hosts (RFC 6275, 6.5 to 6.8). */
  identifier: 4,
  /** Of echoes. */
  sequence: 6,
  /** Of "packet too big". */
  mtu: 4,
  /** The datagram that an error quotes. */
  quoted: 8,
  /** Of neighbour discovery and redirects. */
  target: 8,
} as const;
