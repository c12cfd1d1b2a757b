/** A packet's direction, with the values of bits 0 and 1 of epb_flags (pcapng, section 4.3.1). */
export const Direction = {
  /** A packet from a file that does not have it. */
  Unknown: 0,
  /** rx: the monitored application received it. */
  Inbound: 1,
  /** tx: the monitored application sent it. */
  Outbound: 2,
} as const;

export type Direction = (typeof Direction)[keyof typeof Direction];
