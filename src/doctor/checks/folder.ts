/** Whether captures can be written to the folder, and as fast as the port may bring frames. */
import fs from 'node:fs';

import { NmcapError, systemReason } from '../../errors.js';
import { scaled } from '../../text/scale.js';
import { type Check, type Finding, skipped, type Subject } from '../check.js';
import { createNamelessFile, measureDiskSpeed } from '../disk-speed.js';
import type { World } from '../world.js';
import { nicOf } from './nic.js';

/** Less is soon full. */
const LITTLE_SPACE = 1e9;
/** f_type of tmpfs on Linux (TMPFS_MAGIC). */
const TMPFS = 0x0102_1994;

export const FOLDER_CHECKS: readonly Check[] = [
  { id: 'folder', run: checkFolder },
  { id: 'disk-speed', run: checkDiskSpeed },
];

function checkFolder({ world, folder }: Subject): Finding {
  const found = fs.statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) {
    return {
      status: 'problem',
      text: `there is no folder ${folder}`,
      fix: [`mkdir -p ${folder}`],
    };
  }
  const refusal = whyNotWritable(folder);
  if (refusal !== undefined) {
    const text = `${folder} cannot be written to by uid ${process.geteuid?.() ?? '?'}: ${refusal}`;
    return { status: 'problem', text, fix: [`ls -ld ${folder}`] };
  }
  const { type, bavail, bsize } = fs.statfsSync(folder);
  const free_bytes = bavail * bsize;
  const facts = { free_bytes };
  const where = isMemory(world, type) ? ', in memory (tmpfs)' : '';
  const text = `${folder} has ${scaled(free_bytes)}B free${where}`;
  if (free_bytes >= LITTLE_SPACE) return { status: 'ok', text, facts };
  return { status: 'warning', text, fix: [`df -h ${folder}`], facts };
}

function isMemory({ platform }: World, type: number): boolean {
  return platform === 'linux' && type === TMPFS;
}

function whyNotWritable(folder: string): string | undefined {
  try {
    fs.closeSync(createNamelessFile(folder));
    return undefined;
  } catch (error) {
    return error instanceof NmcapError ? error.message : systemReason(error);
  }
}

/** A port in full use brings its speed in each direction; files are about as large as the frames. */
function checkDiskSpeed(subject: Subject): Finding {
  const { folder, world } = subject;
  let bytes_per_second: number;
  try {
    bytes_per_second = Math.round(measureDiskSpeed(folder));
  } catch (error) {
    return skipped(error instanceof NmcapError ? error.message : systemReason(error));
  }
  const { type } = fs.statfsSync(folder);
  const where = isMemory(world, type) ? 'into memory' : 'synced to the disk';
  const speed = `${scaled(bytes_per_second)}B/s, ${where}`;
  const nic = nicOf(subject);
  const port_bits_per_second = nic === undefined ? undefined : world.findLink(nic)?.bitsPerSecond;
  if (port_bits_per_second === undefined) {
    const why = nic === undefined ? '' : `; the speed of ${nic} is not known`;
    return { status: 'ok', text: `${speed}${why}`, facts: { bytes_per_second } };
  }
  const both = (2 * port_bits_per_second) / 8;
  const text = `${speed}; ${nic ?? ''} may bring ${scaled(both)}B/s, both directions full`;
  const facts = { bytes_per_second, port_bits_per_second };
  if (bytes_per_second >= both) return { status: 'ok', text, facts };
  return {
    status: 'warning',
    text,
    fix: [`nmcap ${nic ?? ''} -s 128 -w ...`, `nmcap ${nic ?? ''} -d tx -w ...`],
    facts,
  };
}
