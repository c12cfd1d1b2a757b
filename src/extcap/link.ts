import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { NmcapError } from '../errors.js';
import { extcapFolders } from '../extcap-folders.js';
import { outputError } from '../output.js';
import { report } from '../report.js';

const PROGRAM = 'nmcap';

/** This nmcap, where it really is. */
const TARGET = fileURLToPath(new URL(`../../bin/${PROGRAM}`, import.meta.url));

/**
 * Puts a link to nmcap where the user's Wireshark looks for extcap plug-ins, or removes it; returns what
 * is there now, a line for each folder. To do it twice changes nothing.
 *
 * @throws NmcapError NM_OUTPUT where something else is in the way
 */
export function linkExtcap(action: 'install' | 'remove'): string {
  if (process.geteuid?.() === 0 && process.env['SUDO_USER'] !== undefined) {
    report(`this is about root's Wireshark; without sudo, about ${process.env['SUDO_USER']}'s`);
  }
  const act = action === 'install' ? install : remove;
  return extcapFolders()
    .map((folder) => `${act(path.join(folder, PROGRAM))}\n`)
    .join('');
}

function install(link: string): string {
  const found = targetOf(link);
  if (found === TARGET) return `${link} -> ${TARGET} (already there)`;
  try {
    // Of another installation.
    if (found !== undefined) fs.unlinkSync(link);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(TARGET, link);
  } catch (cause) {
    throw outputError(link, cause);
  }
  return `${link} -> ${TARGET}`;
}

function remove(link: string): string {
  if (targetOf(link) === undefined) return `${link}: not installed`;
  try {
    fs.unlinkSync(link);
  } catch (cause) {
    throw outputError(link, cause);
  }
  return `${link}: removed`;
}

/**
 * Where the link leads; undefined where there is none.
 *
 * @throws NmcapError for anything that `nmcap extcap install` has not made
 */
function targetOf(link: string): string | undefined {
  let found: fs.Stats | undefined;
  try {
    found = fs.lstatSync(link, { throwIfNoEntry: false });
  } catch (cause) {
    throw outputError(link, cause);
  }
  if (found === undefined) return undefined;
  if (!found.isSymbolicLink()) {
    throw inTheWay(link, found.isDirectory() ? 'a directory' : 'a file');
  }
  const target = fs.readlinkSync(link);
  if (path.basename(target) !== PROGRAM) throw inTheWay(link, `a link to ${target}`);
  return target;
}

function inTheWay(link: string, what: string): NmcapError {
  return new NmcapError('NM_OUTPUT', `${link} is ${what} that nmcap has not put there`, {
    hint: `'rm ${what === 'a directory' ? '-r ' : ''}${link}' removes it`,
  });
}
