import { Char } from './char.js';
import type { LineBuffer } from './line.js';

/** The first seconds of the years 0 and 10000: RFC 3339 has years of four digits. */
const FIRST_SECOND = -62_167_219_200;
const END_OF_YEARS = 253_402_300_800;

const NANOSECOND_DIGITS = 9;

/** Whether the time can be written. */
export function isRfc3339(seconds: number): boolean {
  return seconds >= FIRST_SECOND && seconds < END_OF_YEARS;
}

/** Decimal places that a clock of that many ticks a second has, up to those of nanoseconds. */
export function decimalPlaces(ticksPerSecond: bigint): number {
  let places = 0;
  for (let ticks = 1n; ticks < ticksPerSecond && places < NANOSECOND_DIGITS; ticks *= 10n) places++;
  return places;
}

/** Writes UTC times, `2026-11-22T12:00:00.000001Z` (RFC 3339, 5.6). */
export class Rfc3339 {
  // A Date costs as much as a whole packet; most packets share their second with the one before.
  #second = NaN;
  #text = '';

  write(line: LineBuffer, seconds: number, nanoseconds: number, places: number): void {
    if (seconds !== this.#second) {
      this.#second = seconds;
      this.#text = new Date(seconds * 1000).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
    }
    line.text(this.#text);
    if (places > 0) {
      line.byte(Char.Dot);
      line.paddedDecimal(nanoseconds / 10 ** (NANOSECOND_DIGITS - places), places);
    }
    line.byte(Char.Z);
  }
}
