import fs from 'node:fs';

import { binding, type User } from '../binding.js';
import type { CaptureOptions, PrivilegeOptions } from '../cli/options.js';
import { debug } from '../debug.js';
import { NmcapError, systemReason } from '../errors.js';

export type { User } from '../binding.js';

/** Node.js has this function, its types have not. */
const self: NodeJS.Process & { initgroups?(user: string, group: number): void } = process;

const ROOT = 0;
const NETMAP = '/dev/netmap';

/**
 * The user that nmcap is to become instead of root once the input is open; undefined: it stays what it
 * is.
 *
 * @throws NmcapError NM_USAGE for a user that does not exist; NM_NO_PERMISSION where nmcap is not root
 */
export function successor({ user, keepRoot }: PrivilegeOptions): User | undefined {
  if (keepRoot) return undefined;
  const me = process.geteuid?.();
  const name = user ?? (me === ROOT ? process.env['SUDO_USER'] : undefined);
  if (name === undefined) return undefined;
  const found = findUser(name);
  if (found === undefined) {
    throw user === undefined
      ? new NmcapError('NM_USAGE', `there is no user '${name}', whom SUDO_USER names`, {
          hint: '-Z USER names another to become, --no-drop stays root',
        })
      : new NmcapError('NM_USAGE', `-Z: there is no user '${name}'`, {
          hint: "'getent passwd' lists the users",
        });
  }
  if (found.uid === ROOT || found.uid === me) return undefined;
  if (me === ROOT) return found;
  throw new NmcapError('NM_NO_PERMISSION', `-Z: only root can become '${found.name}'`, {
    hint: 'leave out -Z, or run nmcap as root',
  });
}

function findUser(name: string): User | undefined {
  try {
    return binding().findUser(name);
  } catch (cause) {
    if (!(cause instanceof NmcapError) || cause.code !== 'NM_SYSTEM_CALL') throw cause;
    throw new NmcapError('NM_NO_RESOURCES', `cannot look up the user '${name}'`, {
      hint: `the system reports ${cause.errno ?? '?'} for ${cause.systemCall ?? '?'}; --no-drop stays root`,
      cause,
    });
  }
}

/**
 * Refuses a capture that will have to open netmap's device again when that is not permitted any more.
 *
 * @throws NmcapError NM_NO_PERMISSION
 */
export function requireDevice(input: CaptureOptions['input'], user: User): void {
  if (input.kind !== 'monitor' || input.ports.some(({ device }) => device !== 'kernel')) return;
  const { reattach, wait, ports } = input;
  // A single port that is waited for is attached to before root is given up.
  const waitsForMore = wait && (ports.length > 1 || ports.some(({ isSwitch }) => isSwitch));
  const option = reattach ? '--reattach' : waitsForMore ? '--wait' : undefined;
  if (option === undefined || mayOpen(NETMAP, user)) return;
  throw new NmcapError(
    'NM_NO_PERMISSION',
    `${option} has to open ${NETMAP} during the capture, when nmcap runs as ${user.name}, who may not`,
    { hint: `add --no-drop to stay root, or let ${user.name} read and write ${NETMAP}` },
  );
}

/** Whether a user may open a file for reading and writing, if it exists: it is opened in that user's name. */
function mayOpen(place: string, { name, uid, gid }: User): boolean {
  const [group, groups] = [process.getegid?.() ?? ROOT, process.getgroups?.() ?? []];
  self.initgroups?.(name, gid);
  process.setegid?.(gid);
  process.seteuid?.(uid);
  try {
    fs.closeSync(fs.openSync(place, fs.constants.O_RDWR));
    return true;
  } catch (error) {
    return !isDenial(error);
  } finally {
    process.seteuid?.(ROOT);
    process.setegid?.(group);
    process.setgroups?.(groups);
  }
}

/**
 * Becomes that user for good: in all threads, with their real, effective and saved ids, the user's
 * groups, and on Linux without capabilities, which setuid(2) takes from who was root.
 *
 * @throws NmcapError NM_NO_PERMISSION
 */
export function become({ name, uid, gid }: User): void {
  const refuse = (message: string, cause?: unknown) =>
    new NmcapError('NM_NO_PERMISSION', message, { cause, hint: '--no-drop stays root' });
  try {
    // In this order: only root may do the first two.
    self.initgroups?.(name, gid);
    process.setgid?.(gid);
    process.setuid?.(uid);
  } catch (cause) {
    throw refuse(`cannot become '${name}': ${systemReason(cause)}`, cause);
  }
  // Secure bits of a process can keep its capabilities: capabilities(7), SECBIT_NO_SETUID_FIXUP.
  if (canBecomeRoot()) throw refuse(`root privileges remain after becoming '${name}'`);
  debug(() => `now user ${uid}, groups ${process.getgroups?.().join(' ') ?? '?'}`);
}

function canBecomeRoot(): boolean {
  try {
    process.setuid?.(ROOT);
    return true;
  } catch {
    return false;
  }
}

/** The error, with a better hint where it may be that root could have written what the user may not. */
export function explainDenial(error: unknown, { name }: User): unknown {
  if (!(error instanceof NmcapError) || error.code !== 'NM_OUTPUT' || !isDenial(error.cause)) {
    return error;
  }
  return new NmcapError(error.code, `${error.message} for the user ${name}`, {
    cause: error.cause,
    hint: `files are written as ${name}, not as root: choose another place, another user with -Z, or --no-drop`,
  });
}

function isDenial(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'EACCES' || code === 'EPERM';
}
