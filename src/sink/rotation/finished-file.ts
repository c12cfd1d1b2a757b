/** A file that is complete and closed. */
export interface FinishedFile {
  /** Its name, made from the template where there is one. */
  readonly path: string;
  /** In the file. */
  readonly packets: number;
  /** On disk. */
  readonly bytes: number;
  /** Time of the first packet, microseconds since 1970; undefined where there is none. */
  readonly first: number | undefined;
  /** As `first`, of the last packet. */
  readonly last: number | undefined;
}
