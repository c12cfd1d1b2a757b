import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { inTemporaryFolder } from './folder.js';
import { tsharkFields as fieldsOfFile } from './nmcap.js';

/**
 * What an installed program prints for a savefile with these bytes: its stdout and stderr together.
 * `FILE` among the arguments stands for the file's name. Throws when the program fails.
 */
export function oracle(program: string, args: readonly string[], savefile: Uint8Array): string {
  return inTemporaryFolder((folder) => {
    const file = join(folder, 'savefile');
    writeFileSync(file, savefile);
    return execFileSync(
      'sh',
      ['-c', 'exec "$@" 2>&1', 'sh', program, ...args.map((arg) => (arg === 'FILE' ? file : arg))],
      // A personal Wireshark profile would change what is printed.
      { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, HOME: folder } },
    );
  });
}

/** The fields of each packet of a savefile with these bytes, as tshark reads them. */
export function tsharkFields(savefile: Uint8Array, fields: readonly string[]): string[][] {
  return inTemporaryFolder((folder) => {
    const file = join(folder, 'savefile');
    writeFileSync(file, savefile);
    return fieldsOfFile(file, ...fields);
  });
}
