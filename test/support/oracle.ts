import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { tsharkFields as fieldsOfFile } from './nmcap.js';

/** Runs `body` with a folder of its own, which is gone afterwards. */
function inTemporaryFolder<T>(body: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'nmcap-test-'));
  try {
    return body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * What an installed program says of a savefile with these bytes: its stdout and stderr together.
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
