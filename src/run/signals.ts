/** SIGINT, SIGTERM and SIGHUP end a capture as a person expects: with a complete file. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** timeout(1), for one, signals its command and then the command's whole group: twice. */
const SAME_SIGNAL_MS = 1000;

/**
 * Aborted by the first of the signals. A later one, say because the reader of a pipe has stalled,
 * kills the process as if nobody had listened.
 */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  let abortedAt = 0;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!controller.signal.aborted) {
        abortedAt = performance.now();
        controller.abort();
      } else if (performance.now() - abortedAt > SAME_SIGNAL_MS) {
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
      }
    });
  }
  return controller.signal;
}
