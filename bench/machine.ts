import { readFileSync } from 'node:fs';
import os from 'node:os';

/** Bytes of memory that can be had without swapping. */
export function availableMemory(): number {
  try {
    const kibibytes = /^MemAvailable:\s+(\d+) kB$/m.exec(
      readFileSync('/proc/meminfo', 'utf8'),
    )?.[1];
    if (kibibytes !== undefined) return Number(kibibytes) * 1024;
  } catch {
    // Not on Linux.
  }
  return os.freemem();
}

/** One line for the table's foot. */
export function describeMachine(): string {
  const cores = os.cpus();
  const memory = Math.round(os.totalmem() / 2 ** 30);
  const [load = 0] = os.loadavg();
  return [
    `${cores.length} × ${cores[0]?.model.trim() ?? 'unknown processor'}`,
    `${memory} GiB`,
    `${os.type()} ${os.release()}`,
    `node ${process.version}`,
    `load average ${load.toFixed(1)} at the start`,
  ].join(', ');
}
