import type { Section } from './section.js';
import { interfaceDescriptions, sectionPreamble } from './writer.js';

/** Keeps track of the sections and interfaces that a pcapng file being written already describes. */
export class FilePreamble {
  #section: Section | undefined;
  #described = 0;

  /** The blocks that must precede the next ones of `section`; undefined: none. */
  before(section: Section): Uint8Array | undefined {
    const described = this.#described;
    this.#described = section.interfaces.length;
    if (section !== this.#section) {
      this.#section = section;
      return sectionPreamble(section);
    }
    return this.#described > described ? interfaceDescriptions(section, described) : undefined;
  }
}
