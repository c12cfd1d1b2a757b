/**
 * Opens output files so that nobody who shares a folder decides what is written to. In a folder that
 * anyone can write to, another user may have put a symbolic link, a hard link or a named pipe where
 * the file is to be. The rules are those of Linux's fs.protected_symlinks, fs.protected_regular,
 * fs.protected_fifos and fs.protected_hardlinks (may_follow_link, may_create_in_sticky and
 * may_linkat in fs/namei.c), which may be switched off, and which FreeBSD does not have. Unlike
 * there, folders without the sticky bit are no exception.
 */
import fs from 'node:fs';
import path from 'node:path';

import { NmcapError } from '../errors.js';

/** Nobody else may read what was captured. */
export const PRIVATE_MODE = 0o600;

/** As many as Linux follows in one path (MAXSYMLINKS). */
const MAX_LINKS = 40;
/** Somebody may create and remove the file faster than it is opened. */
const MAX_TRIES = 100;
/** f_type of /proc (PROC_SUPER_MAGIC). */
const PROC_FILE_SYSTEM = 0x9fa0;
const WRITABLE_BY_ANYONE = 0o002;

const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK } = fs.constants;

/** Where a path leads. */
interface Place {
  /** Without symbolic links, up to the last component. */
  readonly path: string;
  /**
   * The last component is a link of /proc, as /dev/stdout leads to: to an open file, which need not
   * have a name, and not to be replaced by others.
   */
  readonly isOpenFile: boolean;
}

/**
 * Creates a file that has this mode whatever the umask.
 *
 * @param flags of open(2), besides those for creating
 * @throws NmcapError for a folder that others have led elsewhere; the system's errors, among them
 *   EEXIST where the name is taken
 */
export function createFile(file: string, mode: number, flags = 0): number {
  const folder = followLinks(path.dirname(file), file);
  return createAt(path.join(folder.path, path.basename(file)), mode, flags);
}

/**
 * Opens a file for writing, or creates it as createFile() does. Undefined for a named pipe without a
 * reader: open(2) would wait for one, deaf to signals.
 *
 * @throws NmcapError where others have prepared it; the system's errors
 */
export function openOrCreateFile(file: string, mode: number): number | undefined {
  for (let tries = 1; ; tries++) {
    const place = followLinks(file, file);
    const found = place.isOpenFile
      ? fs.statSync(place.path)
      : fs.lstatSync(place.path, { throwIfNoEntry: false });
    try {
      return found === undefined ? createAt(place.path, mode, 0) : openAt(place, found, file);
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ENXIO' && found?.isFIFO() === true) return undefined;
      // It has come or gone meanwhile; FreeBSD has EMLINK for a symbolic link.
      const changed = found === undefined ? ['EEXIST'] : ['ENOENT', 'ELOOP', 'EMLINK'];
      if (!changed.includes(code) || tries === MAX_TRIES) throw error;
    }
  }
}

function createAt(place: string, mode: number, flags: number): number {
  const umask = process.umask(0);
  try {
    return fs.openSync(place, O_WRONLY | O_CREAT | O_EXCL | flags, mode);
  } finally {
    process.umask(umask);
  }
}

/** `file`: as the user named it. */
function openAt(place: Place, found: fs.Stats, file: string): number {
  if (place.isOpenFile)
    return fs.openSync(place.path, O_WRONLY | (found.isFIFO() ? O_NONBLOCK : 0));
  // Before open(2), as a pipe of somebody else's need not be waited for.
  refusePlantedFile(place.path, found, file);
  // Nobody can put a device in the file's place; with a pipe there, open(2) must not wait.
  const wait = found.isCharacterDevice() || found.isBlockDevice() ? 0 : O_NONBLOCK;
  const descriptor = fs.openSync(place.path, O_WRONLY | O_NOFOLLOW | wait);
  try {
    refusePlantedFile(place.path, fs.fstatSync(descriptor), file);
  } catch (error) {
    fs.closeSync(descriptor);
    throw error;
  }
  return descriptor;
}

/** Follows the symbolic links of a path, where those may be followed. */
function followLinks(start: string, file: string): Place {
  let at = start.startsWith('/') ? '' : '.';
  const rest = start.split('/');
  for (let links = 0; rest.length > 0;) {
    const name = rest.shift() ?? '';
    if (name === '' && rest.length > 0) continue;
    const next = `${at}/${name}`;
    const isLast = rest.length === 0;
    const found = isLast ? fs.lstatSync(next, { throwIfNoEntry: false }) : fs.lstatSync(next);
    if (found?.isSymbolicLink() !== true) {
      at = next;
      continue;
    }
    const folder = at === '' ? '/' : at;
    if (isLast && fs.statfsSync(folder).type === PROC_FILE_SYSTEM) {
      return { path: next, isOpenFile: true };
    }
    refusePlantedLink(next, folder, found, file);
    if (++links > MAX_LINKS) {
      throw Object.assign(new Error(`ELOOP: too many symbolic links, open '${file}'`), {
        code: 'ELOOP',
      });
    }
    const target = fs.readlinkSync(next);
    if (target.startsWith('/')) at = '';
    rest.unshift(...target.split('/'));
  }
  return { path: at, isOpenFile: false };
}

function refusePlantedLink(link: string, folder: string, found: fs.Stats, file: string): void {
  const holder = fs.statSync(folder);
  if (!isOpenToAnyone(holder) || isOwn(found) || found.uid === holder.uid) return;
  throw refusal(file, `the symbolic link ${link} belongs to another user (uid ${found.uid})`);
}

function refusePlantedFile(place: string, found: fs.Stats, file: string): void {
  if (!found.isFile() && !found.isFIFO()) return;
  const holder = fs.statSync(path.dirname(place));
  if (!isOpenToAnyone(holder)) return;
  if (!isOwn(found) && found.uid !== holder.uid) {
    const kind = found.isFIFO() ? 'named pipe' : 'file';
    throw refusal(file, `the ${kind} belongs to another user (uid ${found.uid})`);
  }
  if (found.isFile() && found.nlink > 1) {
    throw refusal(file, 'the file has other names too, and may be meant to be found under them');
  }
}

function isOpenToAnyone({ mode }: fs.Stats): boolean {
  return (mode & WRITABLE_BY_ANYONE) !== 0;
}

function isOwn({ uid }: fs.Stats): boolean {
  return uid === process.geteuid?.();
}

function refusal(file: string, reason: string): NmcapError {
  return new NmcapError(
    'NM_OUTPUT',
    `${file}: ${reason}, in a directory that anyone can write to`,
    {
      hint: 'choose another name, or a directory that only you can write to',
    },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
