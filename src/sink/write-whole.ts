import { FileOutput, type Output } from '../output.js';

/**
 * Writes whole units, such as blocks; where not all of them fit, the file keeps those that do, and
 * `kept` is called for each. `lengthAt` returns the length of the unit that begins at `at`.
 */
export async function writeWhole(
  output: Output,
  units: Uint8Array,
  lengthAt: (view: DataView, at: number) => number,
  kept: (view: DataView, at: number) => void,
): Promise<void> {
  const before = output instanceof FileOutput ? output.written : 0;
  try {
    await output.write(units);
  } catch (error) {
    if (output instanceof FileOutput) {
      const fitted = output.written - before;
      const view = new DataView(units.buffer, units.byteOffset, units.byteLength);
      let end = 0;
      while (end < fitted) {
        const next = end + lengthAt(view, end);
        if (next > fitted) break;
        kept(view, end);
        end = next;
      }
      output.cutBack(fitted - end);
    }
    throw error;
  }
}
