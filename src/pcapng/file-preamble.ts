import type { Section } from './section.js';
import { interfaceDescriptions, sectionPreamble } from './writer.js';

/** Keeps track of the sections and interfaces that a pcapng file being written already describes. */
export class FilePreamble {
  #section: Section | undefined;
  #described = 0;

  /** Interfaces of the latest section that are described by now. */
  get interfaceCount(): number {
    return this.#described;
  }

  /** The blocks that must precede the next ones of `section`; undefined: none. */
  missing(section: Section): Uint8Array | undefined {
    if (section !== this.#section) return sectionPreamble(section);
    if (section.interfaces.length <= this.#described) return undefined;
    return interfaceDescriptions(section, this.#described);
  }

  /** The file describes so many of the section's interfaces. */
  note(section: Section, interfaceCount = section.interfaces.length): void {
    const before = section === this.#section ? this.#described : 0;
    this.#section = section;
    this.#described = Math.max(before, interfaceCount);
  }

  /** The missing blocks, which are written now. */
  before(section: Section): Uint8Array | undefined {
    const blocks = this.missing(section);
    this.note(section);
    return blocks;
  }
}
