import { whenNpxLeaves } from './parent.js';

/** End a capture as a person expects: with the statistics and a complete file. */
const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGALRM', 'SIGXCPU'] as const;

/** Ask for progress, as with tcpdump. Linux has no SIGINFO: nothing listens to it there. */
const ASKING = ['SIGUSR1', 'SIGINFO'] as const;

/** Starts a new file. tcpdump flushes its file on it, which nmcap never needs. */
const SWITCHING = 'SIGUSR2';

/** Where bin/nmcap leaves the names of the signals that were ignored when it began. */
const IGNORED_VARIABLE = 'NMCAP_IGNORED_SIGNALS';

/** timeout(1), for one, signals its command and then the command's whole group: twice. */
const SAME_SIGNAL_MS = 1000;

const ignored = new Set<string>();

/**
 * Installs handlers for every signal whose default action would be wrong even for a moment: SIGUSR1
 * opens Node's inspector, and signals that nohup(1) or a shell without job control has made nmcap ignore
 * would end it. Call it before anything else.
 */
export function ownSignals(): void {
  for (const name of process.env[IGNORED_VARIABLE]?.split(' ') ?? []) ignored.add(name);
  // It is private to bin/nmcap and this process.
  Reflect.deleteProperty(process.env, IGNORED_VARIABLE);
  const nothing = () => undefined;
  for (const signal of [...ASKING, SWITCHING] as const) process.on(signal, nothing);
  for (const signal of ENDING) if (ignored.has(signal)) process.on(signal, nothing);
}

/** Calls `answer` whenever a signal asks for progress. */
export function answerSignals(answer: () => void): void {
  for (const signal of ASKING) if (!ignored.has(signal)) process.on(signal, answer);
}

/**
 * Aborted by the first of the signals that end a capture, and with the npx that runs it. A later
 * signal, say because the reader of a pipe has stalled, kills the process as if nobody had listened.
 */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  let abortedAt = 0;
  for (const signal of ENDING) {
    if (ignored.has(signal)) continue;
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
  whenNpxLeaves(() => {
    controller.abort();
  });
  return controller.signal;
}

/** Calls `act` whenever a signal asks for a new file. */
export function onSwitch(act: () => void): void {
  if (!ignored.has(SWITCHING)) process.on(SWITCHING, act);
}
