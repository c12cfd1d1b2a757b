import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
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

export function newFolderIn(folder: string, name: string): string {
  const made = path.join(folder, name);
  mkdirSync(made);
  return made;
}

/** The files of a folder, sorted by name, with their paths. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name));
}
