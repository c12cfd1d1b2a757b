import { readdirSync, readFileSync } from 'node:fs';

/**
 * Processor time of the threads of a process so far, in seconds, by thread name; from Linux' /proc.
 * The first thread is `main`, threads of one name are added up.
 */
export function threadSeconds(pid: number): Map<string, number> {
  const tasks = `/proc/${pid}/task`;
  const seconds = new Map<string, number>();
  for (const task of readdirSync(tasks)) {
    const name =
      Number(task) === pid ? 'main' : readFileSync(`${tasks}/${task}/comm`, 'utf8').trim();
    const [nanoseconds = ''] = readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ');
    seconds.set(name, (seconds.get(name) ?? 0) + Number(nanoseconds) / 1e9);
  }
  return seconds;
}

/** Of all threads of a process together. */
export function processorSeconds(pid: number): number {
  return total(threadSeconds(pid));
}

export function total(seconds: ReadonlyMap<string, number>): number {
  return [...seconds.values()].reduce((sum, value) => sum + value, 0);
}
