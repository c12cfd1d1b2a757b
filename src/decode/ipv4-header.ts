/** Offsets into the header (RFC 791, 3.1). */
export const Ipv4 = {
  totalLength: 2,
  protocol: 9,
  source: 12,
  destination: 16,
} as const;
