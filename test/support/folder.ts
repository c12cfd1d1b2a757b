import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';

const create = () => mkdtempSync(path.join(tmpdir(), 'nmcap-test-'));

const remove = (folder: string) => {
  rmSync(folder, { recursive: true });
};

/** A folder for one test file, removed after its tests. */
export function temporaryFolder(): string {
  const folder = create();
  after(() => {
    remove(folder);
  });
  return folder;
}

/** Calls `body` with a folder of its own, which is removed afterwards. */
export function inTemporaryFolder<T>(body: (folder: string) => T): T {
  const folder = create();
  try {
    return body(folder);
  } finally {
    remove(folder);
  }
}
