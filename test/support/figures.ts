import { tsharkFields } from './nmcap.js';

export type Way = 'in' | 'out';

/** Packets of one interface, ring and direction, and the bytes that their frames had. */
export interface Counted {
  readonly packets: number;
  readonly bytes: number;
}

const NOTHING: Counted = { packets: 0, bytes: 0 };

/** What files hold, by interface, ring and direction. */
export class FileCounts {
  readonly #counts = new Map<string, Counted>();

  add(interfaceId: number, ring: number, way: string, bytes: number): void {
    const key = `${interfaceId} ${ring} ${way}`;
    const before = this.#counts.get(key) ?? NOTHING;
    this.#counts.set(key, { packets: before.packets + 1, bytes: before.bytes + bytes });
  }

  /** Of those that the pattern matches: an interface, a ring and a direction. */
  sum(pattern: RegExp): Counted {
    return [...this.#counts]
      .filter(([key]) => pattern.test(key))
      .map(([, counted]) => counted)
      .reduce(
        (sum, { packets, bytes }) => ({ packets: sum.packets + packets, bytes: sum.bytes + bytes }),
        NOTHING,
      );
  }

  of(interfaceId: number, ring: number, way: Way): Counted {
    return this.sum(new RegExp(`^${interfaceId} ${ring} ${way}$`));
  }
}

/** The values of epb_flags as tshark prints them; a pcap file has none. */
const WAYS: Record<string, string> = { '0x00000001': 'in', '0x00000002': 'out', '': 'unknown' };

/** One file as tshark reads it. */
export interface SharkFile {
  readonly packets: number;
  /** By interface. */
  readonly byInterface: readonly number[];
  /** Microseconds since 1970; undefined where it has no packets. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}

/** Has tshark read a file, and adds its packets up. */
export function readWithTshark(file: string, counts: FileCounts): SharkFile {
  const fields = [
    'frame.interface_id',
    'frame.interface_queue',
    'frame.packet_flags_direction',
    'frame.len',
    'frame.time_epoch',
  ];
  const rows = tsharkFields(file, ...fields);
  const byInterface: number[] = [];
  for (const [id = '', queue = '', direction = '', length = ''] of rows) {
    const interfaceId = Number(id);
    counts.add(interfaceId, Number(queue), WAYS[direction] ?? direction, Number(length));
    byInterface[interfaceId] = (byInterface[interfaceId] ?? 0) + 1;
  }
  const time = (row: readonly string[] | undefined) =>
    row?.[4] === undefined ? undefined : microseconds(row[4]);
  return { packets: rows.length, byInterface, first: time(rows[0]), last: time(rows.at(-1)) };
}

/** Of a number of seconds with nine decimals. */
function microseconds(seconds: string): number {
  const [whole = '', fraction = ''] = seconds.split('.');
  return Number(whole) * 1e6 + Number(fraction.slice(0, 6));
}

/** Of RFC 3339 text with six decimals, in UTC. */
export function microsecondsOf(time: string): number {
  const [, fraction = ''] = /\.(\d{6})Z$/.exec(time) ?? [];
  return Date.parse(time.replace(/\.\d+Z$/, 'Z')) * 1000 + Number(fraction);
}

/** A row of the table that a capture ends with. */
export interface TableRow {
  readonly in: number;
  readonly out: number;
  readonly total: number;
}

/** The table's rows by their labels; what it does not say is NaN. */
export function readTable(stderr: string): ReadonlyMap<string, TableRow> {
  const rows = stderr.matchAll(/^ {2}(\S.*?) +(\d+|-) +(\d+|-) +(\d+)$/gm);
  return new Map(
    [...rows].map(([, label = '', inbound, outbound, total]) => [
      label,
      { in: Number(inbound), out: Number(outbound), total: Number(total) },
    ]),
  );
}

/** docs/stats-json.md. */
export interface StatsDocument {
  readonly time?: string;
  readonly started: string;
  readonly ended?: string;
  readonly written: number;
  readonly interfaces: readonly {
    readonly name: string;
    readonly rings: readonly ({ readonly ring: number } & Record<Way, WayFigures>)[];
  }[];
}

export interface WayFigures {
  readonly seen: number;
  readonly bytes: number;
  readonly passed: number;
  readonly written?: number;
  readonly discarded: number;
  readonly ring_full: number;
  readonly incomplete: number;
  readonly lost: number;
  readonly sent: number;
}
