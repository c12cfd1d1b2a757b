import { readFileSync } from 'node:fs';

/** The longest that it takes to notice that a parent has gone. */
const LOOK_MS = 500;

/**
 * Calls `left` once the npx that runs this process is gone: killed, it takes nothing with it. Other
 * parents may go: who starts nmcap in the background wants it to stay.
 */
export function whenNpxLeaves(left: () => void): void {
  // Whatever npx runs has the variable too, and must not leave captures running either.
  if (process.env['npm_command'] !== 'exec') return;
  const before = ancestors();
  const parent = String(process.ppid);
  const timer = setInterval(() => {
    const now = ancestors();
    // All that is left to know once root is given up, where /proc hides the processes of others.
    if (now === before || now === parent) return;
    clearInterval(timer);
    left();
  }, LOOK_MS);
  timer.unref();
}

/** Calls `left` once the process that has started this one is gone. */
export function whenParentLeaves(left: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    left();
  }, LOOK_MS);
  timer.unref();
}

/**
 * The processes up to npx: its shell, which it runs everything with, may stay in between. Linux's
 * /proc knows the shell's parent; on FreeBSD sh(1) gives its place to its last command.
 */
function ancestors(): string {
  const parent = process.ppid;
  let status = '';
  try {
    status = readFileSync(`/proc/${parent}/stat`, 'latin1');
  } catch {
    return String(parent);
  }
  const [, name = '', grandparent = ''] = /^\d+ \((.*)\) \S (\d+)/s.exec(status) ?? [];
  return /^(?:np[mx]|node)/.test(name) ? String(parent) : `${parent} ${grandparent}`;
}
