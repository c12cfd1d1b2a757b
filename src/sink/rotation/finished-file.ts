/** A file that is complete and closed. */
export interface FinishedFile {
  readonly path: string;
  readonly packets: number;
  /** On disk. */
  readonly bytes: number;
  /** Of its packets, microseconds since 1970; undefined where it has none. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}
