import { VARIANTS } from '../variants.js';

/** Frames of a protocol, by name. */
export interface FrameSet {
  readonly title: string;
  readonly frames: Readonly<Record<string, Uint8Array>>;
  readonly linkType: number;
  /** The printer's options with which they are compared. */
  readonly variants: typeof VARIANTS;
}

export function frameSet(
  title: string,
  frames: FrameSet['frames'],
  { linkType = 1, variants = VARIANTS }: Partial<FrameSet> = {},
): FrameSet {
  return { title, frames, linkType, variants };
}
