import type { Section } from '../pcapng/section.js';
import type { Slab } from './slab.js';

/** What a format makes of the front of a slab's input. It says so of the front alone. */
export type Cut =
  | BatchCut
  /** The front needs this many bytes of input to be understood. */
  | { readonly kind: 'incomplete'; readonly needed: number }
  /** The front is damaged; `reason` completes the sentence "damaged: …". */
  | { readonly kind: 'malformed'; readonly reason: string };

/** `length` bytes of input are done with; what they hold for a batch is in `bytes`. */
export interface BatchCut {
  readonly kind: 'batch';
  readonly length: number;
  /** None when the input began the section or described an interface of it. */
  readonly bytes: Uint8Array;
  readonly packetCount: number;
  readonly section: Section;
}

/** Cuts a savefile into batches of pcapng blocks. */
export interface SavefileFormat {
  readonly name: string;
  /** Bytes that a slab must have free for the batches made of `inputLength` bytes. */
  outputLength(inputLength: number): number;
  cut(slab: Slab): Cut;
}
