export type Compression = 'gzip' | 'zstd';

/** Compresses one file, so that it can be read to the last piece that is in it. */
export interface NativeCompressor {
  /** The most bytes that a piece of so many becomes, the last one too. */
  bound(length: number): number;
  /** The next piece, one at a time. The bytes stay as they are meanwhile. */
  compress(bytes: Uint8Array, isLast: boolean): Promise<Uint8Array>;
}

/** Of zstd frames that follow one another. */
export interface NativeZstdDecompressor {
  /** Decompresses until `into` is full, the input is used up, or the next block is damaged. */
  step(input: Uint8Array, into: Uint8Array): { consumed: number; produced: number; fault?: string };
  /** Whether the input so far ends with a frame. */
  readonly betweenFrames: boolean;
}
