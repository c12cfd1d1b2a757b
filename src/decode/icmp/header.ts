/** Offsets into a message (RFC 792; RFC 1191, 4; RFC 4884, 4). */
export const Icmp = {
  code: 1,
  checksum: 2,
  /** Of messages that have a reply. */
  identifier: 4,
  sequence: 6,
  /** Of redirects. */
  gateway: 4,
  /** Of unreachable destinations. */
  mtu: 6,
  /** Length of the quoted datagram in words of 32 bits, or 0. */
  quotedWords: 5,
  /** The datagram that an error quotes. */
  quoted: 8,
} as const;
