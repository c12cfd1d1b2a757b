import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

import { programPath } from '../programs.js';
import type { Load } from './loads.js';

/** An application on the kernel's netmap. */
export const SENDER_PORT = 'vale0:a';
/** The monitor of what it receives and sends, as libpcap and nmcap spell it. */
export const MONITORED_PORT = `netmap:${SENDER_PORT}/rt`;

/** Longer than any capture takes. */
const MAX_SECONDS = 600;

/** CLOCK_MONOTONIC, seconds: frame_sender's clock. */
export function monotonicSeconds(): number {
  return Number(process.hrtime.bigint()) / 1e9;
}

/** A time, and the frames that were sent until then. */
export type Sample = readonly [seconds: number, sent: number];

/** bench/native/frame_sender.cc while it sends. */
export class FrameSender {
  readonly #process: ChildProcess;
  #printed = '';
  #reported = '';

  constructor({ rate, length }: Load) {
    const args = [SENDER_PORT, rate, length, MAX_SECONDS].map(String);
    this.#process = spawn(programPath('frame_sender'), args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#printed += text;
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#reported += text;
    });
  }

  /** Ends it; the frames that it had sent at each sample. */
  async stop(): Promise<SentFrames> {
    if (this.#process.exitCode === null) {
      this.#process.kill('SIGTERM');
      await once(this.#process, 'close');
    }
    if (this.#process.exitCode !== 0) throw new Error(`no frames were sent: ${this.#reported}`);
    return new SentFrames((JSON.parse(this.#printed) as { samples: Sample[] }).samples);
  }
}

/** How many frames had been sent at which time. */
export class SentFrames {
  readonly #samples: readonly Sample[];

  constructor(samples: readonly Sample[]) {
    this.#samples = samples;
  }

  /** Frames sent until a time of monotonicSeconds(); between two samples, in proportion. */
  at(seconds: number): number {
    const after = this.#samples.findIndex(([time]) => time >= seconds);
    const [t1, n1] = this.#samples[after] ?? [NaN, NaN];
    const [t0, n0] = this.#samples[after - 1] ?? [NaN, NaN];
    return t1 === seconds ? n1 : Math.round(n0 + ((n1 - n0) * (seconds - t0)) / (t1 - t0));
  }

  /** Frames a second. */
  rate(from: number, to: number): number {
    return (this.at(to) - this.at(from)) / (to - from);
  }
}
