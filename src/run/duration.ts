/** Aborted with `signal`, or once so many seconds have passed. */
export function abortAfter(signal: AbortSignal, seconds: number | undefined): AbortSignal {
  if (seconds === undefined) return signal;
  const controller = new AbortController();
  const abort = () => {
    clearTimeout(timer);
    controller.abort();
  };
  const timer = setTimeout(abort, seconds * 1000);
  // The capture is what keeps the process alive.
  timer.unref();
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return controller.signal;
}
