/** The statistics of a capture. Unknown is `undefined`, never 0. */
export interface CaptureStats {
  /** Of each interface, those that a monitor has been bound to; of a savefile none. */
  readonly rings: readonly RingStats[];
  /** When draining began, microseconds since 1970; undefined: it has not, or it is not live. */
  readonly startedAt: number | undefined;
  /** Microseconds since 1970; undefined: it has not ended. */
  readonly endedAt: number | undefined;
  /**
   * Packets that a flight recorder has passed over, as they were not near a trigger; undefined where
   * there is none. Those that it still keeps are not counted.
   */
  readonly passedOver?: number | undefined;
  /** How packets came to their file, where native code writes it. */
  readonly writer?: WriterStats | undefined;
}

/** Who writes a capture's packets. */
export interface WriterStats {
  /** Packets that the drain thread has written itself; the writer thread has written the others. */
  readonly inPlace: number;
  /** How often such a write took so long that the writer thread drained the rings meanwhile. */
  readonly standIns: number;
}

/** One ring of one interface. */
export interface RingStats {
  /** Index into the section's interfaces. */
  readonly interfaceId: number;
  /** Its number at the port; rings of the host follow those of the NIC. */
  readonly ring: number;
  /** Of frames that the application received. */
  readonly inbound: DirectionStats;
  /** Of frames that it sent. */
  readonly outbound: DirectionStats;
}

/** Counters of frames that went one way. */
export interface DirectionStats {
  /** Frames taken from the ring. */
  readonly seen: number;
  /** Of all frames seen, as they are on the wire, without FCS. */
  readonly bytes: number;
  /** Of these, those that passed the filter. */
  readonly passed: number;
  /** Of these, those discarded because every batch was in use. */
  readonly discarded: number;
  /**
   * Syncs that found the ring full, so that frames may have been lost before nmcap saw them; counted
   * for the direction of the newest frame in the ring.
   */
  readonly ringFull: number;
  /** Multi-slot frames with missing slots: a chain without its end, or one that broke off. */
  readonly incomplete: number;
  /** Frames that passed through the port; known only for simulated ports. */
  readonly sent: number | undefined;
  /** Of these, those lost by full rings before nmcap saw them; known only for simulated ports. */
  readonly lost: number | undefined;
}

/** Sums over rings, by direction. */
export interface Totals {
  /** Of what was received. */
  readonly inbound: DirectionStats;
  /** Of what was sent. */
  readonly outbound: DirectionStats;
  /** Both directions together. */
  readonly total: DirectionStats;
}

/** The sums over rings; of none, they are 0. */
export function totals(rings: readonly RingStats[]): Totals {
  const inbound = sum(rings.map((ring) => ring.inbound));
  const outbound = sum(rings.map((ring) => ring.outbound));
  return { inbound, outbound, total: sum([inbound, outbound]) };
}

/** Packets that were passed on to be written. */
export function delivered({ passed, discarded }: DirectionStats): number {
  return passed - discarded;
}

/** If a figure is unknown for one of them, so is the sum. */
function sum(parts: readonly DirectionStats[]): DirectionStats {
  const known = (field: 'seen' | 'bytes' | 'passed' | 'discarded' | 'ringFull' | 'incomplete') =>
    parts.reduce((total, part) => total + part[field], 0);
  const perhaps = (field: 'sent' | 'lost') =>
    parts.every((part) => part[field] !== undefined)
      ? parts.reduce((total, part) => total + (part[field] ?? 0), 0)
      : undefined;
  return {
    seen: known('seen'),
    bytes: known('bytes'),
    passed: known('passed'),
    discarded: known('discarded'),
    ringFull: known('ringFull'),
    incomplete: known('incomplete'),
    sent: perhaps('sent'),
    lost: perhaps('lost'),
  };
}
