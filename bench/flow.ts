import { captureToFile } from './nmcap.js';
import { captureLoop } from './programs.js';
import type { Setting } from './row.js';

/** Frames that the simulated application is asked to send. */
export interface Load {
  /** Bytes of a frame. */
  readonly length: number;
  /** Frames a second; Infinity: as fast as the simulation can. */
  readonly rate: number;
}

/** Frames a second. */
export interface Flow {
  /** What the application sent; less than asked for where the machine has no more processors. */
  readonly sent: number;
  readonly written: number;
}

/** Bytes of a frame in a file: an EPB with epb_flags, and with epb_queue where rings are several. */
export function blockLength(frameLength: number, rings = 1): number {
  return 28 + Math.ceil(frameLength / 4) * 4 + 8 + (rings > 1 ? 8 : 0) + 8;
}

/** The `sim:` port whose application sends a load. */
export function loadPort({ length, rate }: Load): string {
  return `sim:em0@rate=${Number.isFinite(rate) ? Math.round(rate) : 'max'},length=${length}`;
}

/** What nmcap writes of a load until so many frames are in the file. */
export async function nmcapFlow(
  setting: Setting,
  load: Load,
  frames: number,
  file: string,
): Promise<Flow> {
  const args = [loadPort(load), '-c', `${frames}`];
  const { statistics, seconds } = await captureToFile(setting, args, file);
  return { sent: statistics.sent / seconds, written: statistics.written / seconds };
}

/** What the plain loop writes of it. */
export async function loopFlow(
  { length, rate }: Load,
  frames: number,
  file: string,
): Promise<Flow> {
  const { sent, seconds } = await captureLoop(file, length, rate, frames);
  return { sent: sent / seconds, written: frames / seconds };
}
