import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import type { DoctorOptions } from '../cli/options.js';
import { examine, SYSTEM_CHECKS, USER_CHECKS } from '../doctor/examine.js';
import { exitStatus, reportJson, reportText } from '../doctor/report.js';
import { thisMachine } from '../doctor/world.js';
import { KERNEL_DEVICE } from '../monitor/device.js';
import { writeText } from '../sink/output.js';
import { become, successor } from './drop-root.js';
import { openDevice } from './open-source.js';

/** Examines whether captures can work here, and prints what was found; returns the exit status. */
export async function doctor({ port, write, json, colour }: DoctorOptions): Promise<number> {
  const device = port === undefined ? KERNEL_DEVICE : await openDevice([port]);
  try {
    const folder = folderOf(write);
    const subject = { world: thisMachine(port, device), port, folder };
    const found = await examine(SYSTEM_CHECKS, subject);
    becomeWriter();
    found.push(...(await examine(USER_CHECKS, subject)));
    await writeText(json ? reportJson(found, port?.text, folder) : reportText(found, colour));
    return exitStatus(found);
  } finally {
    device.close();
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
