import { statSync } from 'node:fs';

import type { CaptureOptions } from '../cli/options.js';
import { NmcapError } from '../errors.js';

/**
 * Refuses what the user would regret: binary data on a terminal, and truncating the input file.
 *
 * @throws NmcapError NM_OUTPUT_IS_TERMINAL, NM_OUTPUT
 */
export function refuseOutput(write: CaptureOptions['write'], input: CaptureOptions['input']): void {
  if (write === undefined) return;
  if (write.path === '-' && process.stdout.isTTY) {
    throw new NmcapError(
      'NM_OUTPUT_IS_TERMINAL',
      `refusing to write ${write.format} to a terminal`,
      { hint: "write to a file, or pipe it to a reader: 'nmcap ... -w - | tshark -r -'" },
    );
  }
  if (input.kind !== 'savefile') return;
  const [from, to] = [input.path, write.path].map((path) =>
    path === '-' ? undefined : statSync(path, { throwIfNoEntry: false }),
  );
  if (from?.isFile() === true && from.dev === to?.dev && from.ino === to.ino) {
    throw new NmcapError('NM_OUTPUT', `${write.path} is also the input file`, {
      hint: 'choose another name for -w',
    });
  }
}
