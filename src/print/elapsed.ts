import type { Field } from '../decode/field.js';
import type { FieldFormat } from '../decode/field-recorder.js';
import { ColumnFields } from '../decode/packet-fields.js';
import { Char } from '../text/char.js';

const NANOSECONDS = 1_000_000_000;
const DIGITS = 9;

/** Writes packets' times in seconds, as Wireshark has them: always with nine decimals. */
export class ElapsedTimes {
  #hasFirst = false;
  #firstSeconds = 0;
  #firstNanoseconds = 0;
  #seconds = 0;
  #nanoseconds = 0;

  /** `seconds` since 1970, and nanoseconds beyond them. */
  write(format: FieldFormat, seconds: number, nanoseconds: number): void {
    if (!this.#hasFirst) {
      this.#hasFirst = true;
      this.#firstSeconds = this.#seconds = seconds;
      this.#firstNanoseconds = this.#nanoseconds = nanoseconds;
    }
    write(format, ColumnFields.epoch, seconds, nanoseconds);
    write(format, ColumnFields.delta, seconds - this.#seconds, nanoseconds - this.#nanoseconds);
    write(
      format,
      ColumnFields.sinceFirst,
      seconds - this.#firstSeconds,
      nanoseconds - this.#firstNanoseconds,
    );
    this.#seconds = seconds;
    this.#nanoseconds = nanoseconds;
  }
}

/** Both may be negative. */
function write(format: FieldFormat, field: Field, seconds: number, nanoseconds: number): void {
  const out = format.begin(field);
  if (out === undefined) return;
  const isNegative = seconds < 0 || (seconds === 0 && nanoseconds < 0);
  let whole = isNegative ? -seconds : seconds;
  let fraction = isNegative ? -nanoseconds : nanoseconds;
  if (fraction < 0) {
    whole -= 1;
    fraction += NANOSECONDS;
  }
  if (isNegative) out.byte(Char.Minus);
  out.decimal(whole);
  out.byte(Char.Dot);
  out.paddedDecimal(fraction, DIGITS);
}
