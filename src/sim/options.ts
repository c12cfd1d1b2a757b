import { badPortName, type PortName, type SimulationOption } from '../monitor/port-name.js';

/** How a simulated port behaves: the options after `sim:NAME@`. */
export interface SimulationOptions {
  /** Frames per second; undefined: as fast as it can. */
  readonly rate: number | undefined;
  readonly rings: number;
  /** Slots of each ring of the port. */
  readonly slots: number;
  readonly seed: number;
  /** Length of every frame in bytes, without FCS, for load instead of a conversation. */
  readonly length: number | undefined;
  /** A savefile whose frames are sent once. */
  readonly replay: string | undefined;
  /** Frames after which the application leaves netmap mode; undefined: it stays. */
  readonly count: number | undefined;
}

/**
 * Frames a second that a simulated port's application sends, unless its name asks for others: busy enough
 * to watch, slow enough to follow the time stamps.
 */
export const DEFAULT_RATE = 1000;
const DEFAULT_SLOTS = 1024;
/** The limits of netmap's generic adapters; a monitor's ring has at most 4096 slots. */
const MAX_RINGS = 64;
const MAX_SLOTS = 16384;
/** Ethernet's shortest frame, and the longest that 64 slots of 2048 bytes hold; without FCS. */
const MIN_LENGTH = 60;
const MAX_LENGTH = 65535;

/**
 * Reads `rate=1000,rings=2,…`.
 *
 * @throws NmcapError NM_BAD_PORT_NAME, with a caret under the mistake
 */
export function simulationOptions(port: PortName): SimulationOptions {
  const read = new Map<string, SimulationOption>(port.simulation);
  const take = (key: string): SimulationOption | undefined => {
    const option = read.get(key);
    read.delete(key);
    return option;
  };
  const number = (key: string, from: number, to: number): number | undefined => {
    const option = take(key);
    if (option === undefined) return undefined;
    const value = /^\d+$/.test(option.value) ? Number(option.value) : NaN;
    if (value >= from && value <= to) return value;
    throw badPortName(
      port.text,
      option.at,
      `'${key}': expected a whole number from ${from} to ${to}`,
      HINT,
    );
  };
  const rate = read.get('rate')?.value === 'max' ? take('rate') : undefined;
  const options: SimulationOptions = {
    rate: rate === undefined ? (number('rate', 1, 1e9) ?? DEFAULT_RATE) : undefined,
    rings: number('rings', 1, MAX_RINGS) ?? 1,
    slots: number('slots', 2, MAX_SLOTS) ?? DEFAULT_SLOTS,
    seed: number('seed', 0, 0xffffffff) ?? 1,
    length: number('length', MIN_LENGTH, MAX_LENGTH),
    replay: take('replay')?.value,
    count: number('count', 1, Number.MAX_SAFE_INTEGER),
  };
  for (const [key, { at }] of read) {
    throw badPortName(
      port.text,
      at - key.length - 1,
      `simulated ports do not have the option '${key}'`,
      HINT,
    );
  }
  return options;
}

const HINT =
  'the options are rate, rings, slots, seed, length, replay and count, as in sim:em0@rate=max';
