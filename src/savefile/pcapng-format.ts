import { parse } from '../pcapng/reader.js';
import type { Interface, Section } from '../pcapng/section.js';
import type { Cut, Damage, SavefileFormat } from './format.js';
import type { Selection } from './selection.js';
import type { Slab } from './slab.js';

const NO_BLOCKS = new Uint8Array(0);

/**
 * Interfaces of a section, and bytes of their descriptions, which stay in memory. No machine has as
 * many interfaces: the obsolete packet block numbers them with 16 bits. A compressed file can
 * describe millions in a few hundred kilobytes.
 */
const MAX_INTERFACES = 1 << 16;
const MAX_DESCRIPTION = 1 << 26;

/** Cuts a pcapng file into batches, which are ranges of its own bytes wherever possible. */
export class PcapngFormat implements SavefileFormat {
  readonly name = 'pcapng';
  readonly #selection: Selection;
  #section: Section | undefined;
  #interfaces: Interface[] = [];
  /** Bytes that describe them. */
  #described = 0;

  constructor(selection: Selection) {
    this.#selection = selection;
  }

  outputLength(): number {
    return 0;
  }

  cut(slab: Slab): Cut {
    const parsed = parse(slab.input, this.#section);
    switch (parsed.kind) {
      case 'section':
        // The section's own list, which grows as interface descriptions are met.
        this.#interfaces = [];
        this.#described = 0;
        this.#section = { ...parsed.described, interfaces: this.#interfaces };
        return this.#description(parsed);
      case 'interface':
        if (this.#interfaces.length === MAX_INTERFACES) return tooMany(`${MAX_INTERFACES}`);
        this.#described += parsed.length;
        if (this.#described > MAX_DESCRIPTION) return tooMany(`${MAX_DESCRIPTION} bytes of`);
        this.#interfaces.push(parsed.described);
        return this.#description(parsed);
      case 'blocks':
        return this.#batch(
          parsed.length,
          slab.input.subarray(0, parsed.length),
          parsed.packetCount,
        );
      case 'rewritten':
        return this.#rewritten(slab.input);
      default:
        return parsed;
    }
  }

  #description({ length, damage }: { length: number; damage: string | undefined }): Cut {
    return this.#batch(
      length,
      NO_BLOCKS,
      0,
      damage === undefined ? undefined : { at: 0, reason: damage, count: 1 },
    );
  }

  /** Blocks that have to be rewritten usually follow one another: they become one batch. */
  #rewritten(input: Uint8Array): Cut {
    const blocks: Uint8Array[] = [];
    let length = 0;
    let packetCount = 0;
    let damage: Damage | undefined;
    for (;;) {
      const parsed = parse(input.subarray(length), this.#section);
      if (parsed.kind !== 'rewritten') break;
      const { at = length, reason = parsed.damage, count = 0 } = damage ?? {};
      if (reason !== undefined) {
        damage = { at, reason, count: parsed.damage === undefined ? count : count + 1 };
      }
      blocks.push(parsed.block);
      packetCount += parsed.packetCount;
      length += parsed.length;
    }
    return this.#batch(length, Buffer.concat(blocks), packetCount, damage);
  }

  #batch(length: number, bytes: Uint8Array, packetCount: number, damage?: Damage): Cut {
    if (this.#section === undefined) throw new Error('a packet outside of any section');
    const selected = this.#selection.blocks(bytes, packetCount, this.#section);
    return { kind: 'batch', length, ...selected, section: this.#section, damage };
  }
}

function tooMany(what: string): Cut {
  return { kind: 'malformed', reason: `a section with more than ${what} interface descriptions` };
}
