/** What a capture knows of itself. Unknown is `undefined`, never 0. */
export interface CaptureStats {
  readonly rings: readonly RingStats[];
  /** When the first frame could have been seen, and the last; microseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

/** One ring of one interface. */
export interface RingStats {
  /** Index into the section's interfaces. */
  readonly interfaceId: number;
  readonly ring: number;
  readonly inbound: DirectionStats;
  readonly outbound: DirectionStats;
}

export interface DirectionStats {
  /** Frames taken from the ring. */
  readonly seen: number;
  /** Of these, the ones that the filter passed. */
  readonly passed: number;
  /** Of these, the ones thrown away because every batch was in use. */
  readonly discarded: number;
  /**
   * Syncs that found the ring full, so that frames may have been lost before nmcap saw them; counted
   * for the direction of the newest frame in the ring.
   */
  readonly ringFull: number;
  /** Frames whose slots did not make a whole: a chain without its end, or one that broke off. */
  readonly incomplete: number;
  /**
   * Frames that went over the port, and those of them that full rings lost before nmcap saw them: a
   * simulation alone can tell.
   */
  readonly sent: number | undefined;
  readonly lost: number | undefined;
}

/** Packets that were handed on to be written. */
export function delivered({ passed, discarded }: DirectionStats): number {
  return passed - discarded;
}
