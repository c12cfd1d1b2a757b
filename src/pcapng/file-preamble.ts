import type { Section } from './section.js';
import { interfaceDescriptions, sectionPreamble } from './writer.js';

/** Knows what a pcapng file that is being written says of sections and interfaces already. */
export class FilePreamble {
  #section: Section | undefined;
  #described = 0;

  /** What the file must have before the next blocks of `section`; undefined: it has it. */
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
