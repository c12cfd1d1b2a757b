import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Linux' statfs(2) type of tmpfs. */
const TMPFS_MAGIC = 0x01021994;

export interface Folder {
  readonly folder: string;
  /** How it was made, for the table. */
  readonly description: string;
  remove(): void;
}

/**
 * A folder on tmpfs: one of its own with huge pages where it may be mounted, else one in /dev/shm.
 *
 * @param bytes the most that files in it will take
 */
export function makeTmpfs(bytes: number): Folder {
  const folder = mkdtempSync(path.join(tmpdir(), 'nmcap-bench-'));
  const options = `huge=always,size=${bytes}`;
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'nmcap-bench', folder]);
  if (mount.status === 0) {
    return {
      folder,
      description: 'tmpfs with huge pages',
      remove() {
        // Lazily: where the benchmark was stopped, a capture may still have a file open.
        spawnSync('umount', ['-l', folder]);
        rmSync(folder, { recursive: true });
      },
    };
  }
  rmSync(folder, { recursive: true });
  if (statfsSync('/dev/shm').type !== TMPFS_MAGIC) throw new Error('there is no tmpfs to write to');
  const shared = mkdtempSync('/dev/shm/nmcap-bench-');
  return {
    folder: shared,
    description: '/dev/shm',
    remove() {
      rmSync(shared, { recursive: true });
    },
  };
}

/** A folder on a disk: in `parent`, where nmcap was built. */
export function makeDiskFolder(parent: string): Folder {
  if (statfsSync(parent).type === TMPFS_MAGIC) {
    throw new Error(`${parent} is on tmpfs: name a folder on a disk with --disk`);
  }
  const folder = mkdtempSync(path.join(parent, 'nmcap-bench-'));
  return {
    folder,
    description: `disk: ${parent}`,
    remove() {
      rmSync(folder, { recursive: true });
    },
  };
}
