import { Char } from '../text/char.js';
import { LineBuffer } from '../text/line.js';

/** How a packet's time is shown; tcpdump's -t, -tt, -ttt, -tttt and -ttttt, and none of them. */
export type TimeStyle = 'time' | 'none' | 'epoch' | 'delta' | 'date' | 'since-first';
/** Six or nine decimals of a second. */
export type TimePrecision = 'micro' | 'nano';

const SPACE: number = Char.Space;
const COLON: number = Char.Colon;
const DOT: number = Char.Dot;

const NANOSECONDS = 1_000_000_000;
const DAY = 86_400;
/** The first second of the year 10000. */
const END_OF_YEARS = 253_402_300_800;
/** Time zones change their offset only at multiples of a quarter of an hour. */
const QUARTER = 900;
/** Of a date and a time of day, with room to spare. */
const TEXT_CAPACITY = 64;

/**
 * Writes time stamps. The offset of the local time zone is looked up once every quarter of an hour,
 * because a Date costs as much as a whole line.
 */
export class TimeStamps {
  readonly #style: TimeStyle;
  readonly #precision: TimePrecision;
  #quarter = NaN;
  #localOffset = 0;
  #second = NaN;
  readonly #text = new LineBuffer(TEXT_CAPACITY);
  #referenceSeconds = 0;
  #referenceNanoseconds = 0;

  constructor(style: TimeStyle, precision: TimePrecision) {
    this.#style = style;
    this.#precision = precision;
  }

  /** Appends the time and a space. */
  print(line: LineBuffer, seconds: number, nanoseconds: number): void {
    switch (this.#style) {
      case 'none':
        return;
      case 'time':
      case 'date':
        this.#localTime(line, seconds, nanoseconds);
        break;
      case 'epoch':
        if (isUnprintable(seconds)) {
          line.text('[Error converting time]');
        } else {
          line.decimal(seconds);
          this.#fraction(line, nanoseconds);
        }
        break;
      case 'delta':
      case 'since-first':
        this.#difference(line, seconds, nanoseconds);
        break;
    }
    line.byte(SPACE);
  }

  #localTime(line: LineBuffer, seconds: number, nanoseconds: number): void {
    if (isUnprintable(seconds)) {
      line.text('[Error converting time]');
      return;
    }
    // Most packets have the same second as the one before.
    if (seconds !== this.#second) {
      this.#second = seconds;
      this.#setText(seconds);
    }
    line.append(this.#text);
    this.#fraction(line, nanoseconds);
  }

  /** Prepares what a second looks like in local time. */
  #setText(seconds: number): void {
    const quarter = Math.floor(seconds / QUARTER);
    if (quarter !== this.#quarter) {
      this.#quarter = quarter;
      this.#localOffset = localOffset(seconds);
    }
    const local = seconds + this.#localOffset;
    this.#text.clear();
    if (this.#style === 'date') calendarDate(this.#text, Math.floor(local / DAY));
    timeOfDay(this.#text, local);
  }

  #difference(line: LineBuffer, seconds: number, nanoseconds: number): void {
    // tcpdump treats the time 0 as none.
    if (this.#referenceSeconds === 0 && this.#referenceNanoseconds === 0) {
      this.#setReference(seconds, nanoseconds);
    }
    // Like tcpdump, at the precision that is shown.
    const unit = this.#precision === 'nano' ? 1 : 1000;
    const now = nanoseconds - (nanoseconds % unit);
    const then = this.#referenceNanoseconds - (this.#referenceNanoseconds % unit);
    let deltaSeconds = seconds - this.#referenceSeconds;
    let deltaNanoseconds = now - then;
    const negative = deltaSeconds < 0 || (deltaSeconds === 0 && deltaNanoseconds < 0);
    if (negative) {
      deltaSeconds = -deltaSeconds;
      deltaNanoseconds = -deltaNanoseconds;
    }
    if (deltaNanoseconds < 0) {
      deltaSeconds -= 1;
      deltaNanoseconds += NANOSECONDS;
    }
    line.byte(negative ? Char.Minus : SPACE);
    if (isUnprintable(deltaSeconds)) {
      line.text('[Error converting time]');
    } else {
      timeOfDay(line, deltaSeconds);
      this.#fraction(line, deltaNanoseconds);
    }
    if (this.#style === 'delta') this.#setReference(seconds, nanoseconds);
  }

  #setReference(seconds: number, nanoseconds: number): void {
    this.#referenceSeconds = seconds;
    this.#referenceNanoseconds = nanoseconds;
  }

  #fraction(line: LineBuffer, nanoseconds: number): void {
    line.byte(DOT);
    if (this.#precision === 'nano') line.paddedDecimal(nanoseconds, 9);
    else line.sixDigits((nanoseconds / 1000) | 0);
  }
}

/** Times before 1970, as tcpdump refuses them, and years of more than four digits. */
function isUnprintable(seconds: number): boolean {
  return seconds < 0 || seconds >= END_OF_YEARS;
}

/** Seconds that local time is ahead of UTC; a Date's own getTimezoneOffset() has whole minutes only. */
function localOffset(seconds: number): number {
  const date = new Date(seconds * 1000);
  const local = Date.UTC(
    date.getFullYear(),
    date.getMonth(),
    date.getDate(),
    date.getHours(),
    date.getMinutes(),
    date.getSeconds(),
  );
  return Math.round((local - date.getTime()) / 1000);
}

function timeOfDay(line: LineBuffer, seconds: number): void {
  const inDay = (seconds - Math.floor(seconds / DAY) * DAY) | 0;
  const hours = (inDay / 3600) | 0;
  const inHour = inDay - hours * 3600;
  const minutes = (inHour / 60) | 0;
  line.twoDigits(hours);
  line.byte(COLON);
  line.twoDigits(minutes);
  line.byte(COLON);
  line.twoDigits(inHour - minutes * 60);
}

function calendarDate(line: LineBuffer, day: number): void {
  const date = new Date(day * DAY * 1000);
  line.paddedDecimal(date.getUTCFullYear(), 4);
  line.byte(Char.Minus);
  line.paddedDecimal(date.getUTCMonth() + 1, 2);
  line.byte(Char.Minus);
  line.paddedDecimal(date.getUTCDate(), 2);
  line.byte(SPACE);
}
