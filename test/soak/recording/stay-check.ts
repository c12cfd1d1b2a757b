import type { PacketCursor } from '../../../src/pcapng/cursor.js';
import { type LoadFile, readLoad } from '../../support/sequence.js';
import type { Stay } from './returning-traffic.js';

/** What came of one ring and direction while the application stayed once. */
interface StayPackets {
  packets: number;
  last: number;
}

/** What was sent in a ring and direction, and what of it is in the files. */
export interface Wanting {
  readonly interfaceId: number;
  readonly ring: number;
  readonly direction: 'in' | 'out';
  readonly sent: number;
  readonly packets: number;
}

/**
 * Checks files one after the other whose frames are numbered anew each time the application comes:
 * within a stay the numbers rise, and a stay's first packet of each ring says that the port was away.
 */
export class StayCheck {
  /** By interface, ring and direction. */
  readonly #streams = new Map<string, StayPackets[]>();
  /** Stays that a ring has shown. */
  readonly #ringStays = new Map<string, number>();
  readonly #onFault: (fault: string) => void;
  packets = 0;

  constructor(onFault: (fault: string) => void) {
    this.#onFault = onFault;
  }

  async add(path: string): Promise<LoadFile> {
    const file = await readLoad(path, (packet, number, name) => {
      const stays = this.#streams.get(name) ?? [];
      const stay = stays.at(-1);
      if (stay !== undefined && number > stay.last) {
        stay.packets++;
        stay.last = number;
        return;
      }
      stays.push({ packets: 1, last: number });
      this.#streams.set(name, stays);
      this.#checkComment(path, packet, stays.length);
    });
    this.packets += file.packets;
    return file;
  }

  #checkComment(path: string, packet: PacketCursor, stays: number): void {
    const ring = `${packet.interfaceId} ${packet.ring ?? 0}`;
    if (stays === (this.#ringStays.get(ring) ?? 0)) return;
    this.#ringStays.set(ring, stays);
    const saysSo = /the port was away for [\d.]+ s/.test(packet.comment ?? '');
    if (saysSo === stays > 1) return;
    this.#onFault(`${path}: ring ${ring}: stay ${stays} begins with '${packet.comment ?? ''}'`);
  }

  /** Compares with what the applications sent; `ports`: their names, in the order of the interfaces. */
  wanting(ports: readonly string[], stays: readonly Stay[]): Wanting[] {
    return ports.flatMap((port, interfaceId) => {
      const own = stays.filter((stay) => stay.port === port);
      const rings = own[0]?.counts.length ?? 0;
      return Array.from({ length: rings }, (_, ring) => ring).flatMap((ring) =>
        (['in', 'out'] as const).map((direction) => {
          const name = `${interfaceId} ${ring} ${direction === 'in' ? 1 : 2}`;
          const sent = own.map(({ counts }) => {
            return counts[ring]?.[direction === 'in' ? 'inbound' : 'outbound'] ?? 0;
          });
          const got = this.#streams.get(name) ?? [];
          this.#compare(`${port} ring ${ring} ${direction}`, sent, got);
          return {
            interfaceId,
            ring,
            direction,
            sent: sum(sent),
            packets: sum(got.map(({ packets }) => packets)),
          };
        }),
      );
    });
  }

  #compare(name: string, sent: readonly number[], got: readonly StayPackets[]): void {
    if (sent.length !== got.length) {
      this.#onFault(`${name}: ${sent.length} stays, packets of ${got.length}`);
    }
    for (const [stay, { last }] of got.entries()) {
      const count = sent[stay] ?? 0;
      if (last >= count) this.#onFault(`${name}: stay ${stay}: number ${last} of ${count} sent`);
    }
  }
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
