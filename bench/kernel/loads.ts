/** Numbered frames that frame_sender offers while a capture runs. */
export interface Load {
  /** As `--only` takes it. */
  readonly name: string;
  /** Frames a second. */
  readonly rate: number;
  /** Bytes of a frame, without FCS. */
  readonly length: number;
}

function load(millions: number, length: number): Load {
  const rate = millions.toFixed(1);
  return { name: `${rate}M-${length}`, rate: millions * 1e6, length };
}

export const LOADS: readonly Load[] = [
  load(0.2, 60),
  load(0.6, 60),
  load(1.2, 60),
  load(2.0, 60),
  load(0.6, 512),
  load(1.2, 512),
];

export function describeLoad({ rate, length }: Load): string {
  return `${(rate / 1e6).toFixed(1)} M frames/s, ${length} bytes`;
}

/** The bytes that a packet takes in the larger of the two file formats: a block with epb_flags. */
export function packetSize(length: number): number {
  return 28 + Math.ceil(length / 4) * 4 + 8 + 8;
}
