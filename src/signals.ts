/** SIGINT, SIGTERM and SIGHUP end a capture as a person expects: with a complete file. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Aborted by the first of the signals. A second one, say because the reader of a pipe has stalled,
 * kills the process as if nobody had listened.
 */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (!controller.signal.aborted) {
        controller.abort();
        return;
      }
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    });
  }
  return controller.signal;
}
