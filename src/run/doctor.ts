import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { DoctorOptions } from '../cli/options.js';
import { examine, SYSTEM_CHECKS, USER_CHECKS } from '../doctor/examine.js';
import { exitStatus, reportJson, reportText } from '../doctor/report.js';
import { openMachine } from '../doctor/world.js';
import { writeText } from '../output.js';
import { become, successor } from './drop-root.js';

/** Examines whether captures can work here, and prints what was found; returns the exit status. */
export async function doctor({ port, write, json, colour }: DoctorOptions): Promise<number> {
  const machine = await openMachine(port);
  try {
    const folder = folderOf(write);
    const subject = { world: machine.world, port, folder };
    const found = await examine(SYSTEM_CHECKS, subject);
    becomeWriter();
    found.push(...(await examine(USER_CHECKS, subject)));
    await writeText(json ? reportJson(found, port?.text, folder) : reportText(found, colour));
    return exitStatus(found);
  } finally {
    machine.close();
  }
}

/** `write`: the file to be written, or its folder. */
function folderOf(write: string | undefined): string {
  const place = path.resolve(write ?? '.');
  const isFolder = fs.statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
  return write === undefined || isFolder ? place : path.dirname(place);
}

/** Under sudo: becomes who ran it, as a capture does before it creates a file. */
function becomeWriter(): void {
  const user = successor({ user: undefined, keepRoot: false });
  if (user === undefined) return;
  become(user);
  // Wireshark's folders are below it.
  process.env['HOME'] = os.userInfo().homedir;
}
