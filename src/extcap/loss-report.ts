import { type Capture, totals } from '../index.js';
import { report } from '../report.js';
import type { PrepareProgress } from '../run/progress.js';

const LOOK_MS = 1000;

/**
 * Reports that frames are missing: with `live` whenever there are more of them, otherwise once at the
 * end.
 */
export function reportLoss(live: boolean): PrepareProgress {
  let look: () => void = () => undefined;
  let timer: NodeJS.Timeout | undefined;
  return () =>
    Promise.resolve({
      follow: (capture) => {
        look = lossOf(capture);
        if (!live) return;
        timer = setInterval(look, LOOK_MS);
        // The capture is what keeps the process alive.
        timer.unref();
      },
      stop: () => {
        clearInterval(timer);
        look();
        return false;
      },
    });
}

/** Each call reports what has been lost, if more has since the call before. */
function lossOf(capture: Capture): () => void {
  let reported = 0;
  return () => {
    const { discarded, ringFull } = totals(capture.stats().rings).total;
    if (discarded + ringFull === reported) return;
    reported = discarded + ringFull;
    // What matters comes first, as the status bar is short.
    report(`discarded ${discarded}, ring found full ${ringFull}: frames may be missing`);
  };
}
