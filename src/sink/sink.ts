import type { Section } from '../pcapng/section.js';
import type { Batch } from '../source/source.js';
import type { CaptureStats } from '../source/stats.js';

/** Where packets go: a savefile, the terminal, a table. */
export interface Sink {
  begin(section: Section): Promise<void> | void;
  /** Done with the batch's bytes when it returns, or when its promise settles. */
  write(batch: Batch): Promise<void> | void;
  end(stats: CaptureStats): Promise<void> | void;
}
