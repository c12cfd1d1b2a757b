import { Char } from '../../text/char.js';
import type { Packet } from '../packet.js';

/** From here on a single-precision number has no fraction. */
const WHOLE = 2 ** 24;

/**
 * A bandwidth in bytes per second, in single precision (IEEE 754), as megabits per second with
 * three decimals, rounded half to even as in C.
 */
export function writeBandwidth(packet: Packet, at: number): void {
  const { line } = packet;
  if (!packet.need(at, 4)) return;
  // tcpdump calculates in single precision too.
  const value = Math.fround(Math.fround(packet.view.getFloat32(at) * 8) / 1_000_000);
  const isNegative = packet.view.getUint8(at) >= 0x80;
  if (isNegative) line.byte(Char.Minus);
  writeMagnitude(packet, Math.abs(value));
  line.text(' Mbps');
}

function writeMagnitude({ line }: Packet, value: number): void {
  if (Number.isNaN(value)) {
    line.text('nan');
  } else if (value === Infinity) {
    line.text('inf');
  } else if (value >= WHOLE) {
    line.text(BigInt(value).toString());
    line.text('.000');
  } else {
    // Exact: 24 bits, and 10 for the factor of a thousand.
    const thousandths = roundHalfToEven(value * 1000);
    line.decimal(Math.floor(thousandths / 1000));
    line.byte(Char.Dot);
    line.paddedDecimal(thousandths % 1000, 3);
  }
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
