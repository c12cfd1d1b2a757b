import { readdirSync, readFileSync } from 'node:fs';

/** What a process holds. */
export interface Held {
  /** Resident bytes, the simulated device's memory among them. */
  readonly memory: number;
  readonly descriptors: number;
  readonly mappings: number;
}

/** Undefined where the process is gone. */
export function heldBy(pid: number): Held | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return {
      memory: Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? NaN) * 1024,
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
      mappings: readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n').length - 1,
    };
  } catch {
    return undefined;
  }
}

/** Of the middle and of the last third of the time. */
export interface Growth {
  readonly middle: Held;
  readonly last: Held;
}

export function growth(samples: readonly Held[]): Growth {
  const third = Math.floor(samples.length / 3);
  return { middle: typical(samples.slice(third, 2 * third)), last: typical(samples.slice(-third)) };
}

/**
 * The median of the memory, and the fewest descriptors and mappings: ports that are attached and files
 * that are being switched have some of their own, but what leaks is there in every sample.
 */
function typical(samples: readonly Held[]): Held {
  const sorted = (field: keyof Held) => samples.map((held) => held[field]).sort((a, b) => a - b);
  return {
    memory: sorted('memory')[samples.length >> 1] ?? NaN,
    descriptors: sorted('descriptors')[0] ?? NaN,
    mappings: sorted('mappings')[0] ?? NaN,
  };
}
