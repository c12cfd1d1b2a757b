import type { Section } from '../pcapng/section.js';
import type { Slab } from './slab.js';

/** What a format finds at the front of a slab's input. It describes nothing beyond that front. */
export type Cut =
  | BatchCut
  /** At least this many bytes of input are needed to parse the front. */
  | { readonly kind: 'incomplete'; readonly needed: number }
  /** The front is damaged; `reason` completes the sentence "damaged: ...". */
  | { readonly kind: 'malformed'; readonly reason: string };

/** `length` bytes of input are consumed; `bytes` has what they contribute to a batch. */
export interface BatchCut {
  readonly kind: 'batch';
  readonly length: number;
  /** Empty when the input began the section or described an interface of it. */
  readonly bytes: Uint8Array;
  readonly packetCount: number;
  readonly section: Section;
  /** Of the input, where not all of it could be used. */
  readonly damage?: Damage | undefined;
}

/** Damage that does not prevent reading on. */
export interface Damage {
  /** Where in the cut's input the first damaged block begins; what is wrong with it. */
  readonly at: number;
  readonly reason: string;
  /** Damaged blocks. */
  readonly count: number;
}

/** Cuts a savefile into batches of pcapng blocks. */
export interface SavefileFormat {
  readonly name: string;
  /** Bytes that a slab needs for the batches made from `inputLength` bytes of input. */
  outputLength(inputLength: number): number;
  /** `ended`: no more input follows. */
  cut(slab: Slab, ended: boolean): Cut;
}
