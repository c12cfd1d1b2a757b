/** Offsets into the header (RFC 791, 3.1). */
export const Ipv4 = {
  services: 1,
  totalLength: 2,
  identification: 4,
  fragment: 6,
  timeToLive: 8,
  protocol: 9,
  checksum: 10,
  source: 12,
  destination: 16,
} as const;

/** What -v adds to a length that is 0 in the header, in IPv6 too. */
export const PRESUMED_BIG_TCP = ' [was 0, presumed BIG TCP]';
