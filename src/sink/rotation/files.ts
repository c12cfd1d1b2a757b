import type { FinishedFile } from './finished-file.js';
import type { OpenedFile } from './series.js';

/** Where a sink's files come from: a series, or one file that was opened before. */
export interface FileSource {
  /** The most bytes of one file. */
  readonly sizeLimit: number | undefined;
  /** Whether no further file follows. */
  readonly isOver: boolean;
  /** The next file, for packets from `time` on, microseconds since 1970. */
  open(time: number): OpenedFile;
  finished(file: FinishedFile): void;
  /** Removes the files that need not be kept, once the newest one is being written: that may take long. */
  removeOld(): void;
  /** Frees space on a full disk; false if nothing may be removed. */
  makeRoom(): boolean;
  /** Removes a file that is empty because nothing could be written. */
  abandon(file: OpenedFile): void;
  /** Closes what was opened, but will not be asked for. */
  release?(): void;
}
