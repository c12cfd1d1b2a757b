import { NmcapError } from '../errors.js';
import { type Check, type Finding, skipped, type Subject, unknown } from './check.js';
import { ADAPTER_CHECKS } from './checks/adapter.js';
import { DEVICE_CHECKS } from './checks/device.js';
import { FOLDER_CHECKS } from './checks/folder.js';
import { MODULE_CHECKS } from './checks/module.js';
import { OFFLOAD_CHECKS } from './checks/offloads.js';
import { PORT_CHECKS } from './checks/port.js';
import { ADDON_CHECKS, PROGRAM_CHECKS } from './checks/programs.js';

/** Of the system: what takes the privileges that capturing does. */
export const SYSTEM_CHECKS: readonly Check[] = [
  ...ADDON_CHECKS,
  ...DEVICE_CHECKS,
  ...MODULE_CHECKS,
  ...PORT_CHECKS,
  ...ADAPTER_CHECKS,
  ...OFFLOAD_CHECKS,
];

/** Of what belongs to the user as whom files are written. */
export const USER_CHECKS: readonly Check[] = [...PROGRAM_CHECKS, ...FOLDER_CHECKS];

export interface Diagnosis {
  readonly id: string;
  readonly finding: Finding;
}

/** Runs the checks, one after the other. */
export async function examine(checks: readonly Check[], subject: Subject): Promise<Diagnosis[]> {
  const found: Diagnosis[] = [];
  for (const check of checks) found.push({ id: check.id, finding: await run(check, subject) });
  return found;
}

async function run(check: Check, subject: Subject): Promise<Finding> {
  try {
    return await check.run(subject);
  } catch (error) {
    if (!(error instanceof NmcapError)) throw error;
    return error.code === 'NM_NATIVE_MISSING' ? skipped(error.message) : unknown(error.message);
  }
}
