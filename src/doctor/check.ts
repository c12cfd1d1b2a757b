import type { PortName } from '../monitor/port-name.js';
import type { World } from './world.js';

/** Only a problem keeps captures from working; `unknown`: could not be found out. */
export type Status = 'ok' | 'warning' | 'problem' | 'unknown' | 'skipped';

/** What a check has found. */
export interface Finding {
  readonly status: Status;
  readonly text: string;
  /** Commands that fix it, one each. */
  readonly fix?: readonly string[];
  /** What was read or measured, for programs; units are in the names. */
  readonly facts?: Readonly<Record<string, Fact>>;
}

export type Fact = number | string | boolean | readonly string[];

/** What is examined. */
export interface Subject {
  readonly world: World;
  /** Undefined: no port was named. */
  readonly port: PortName | undefined;
  /** Where captures would be written. */
  readonly folder: string;
}

export interface Check {
  /** Stable: programs may match on it. */
  readonly id: string;
  /** @throws NmcapError why it cannot be found out */
  run(subject: Subject): Finding | Promise<Finding>;
}

export function skipped(text: string): Finding {
  return { status: 'skipped', text };
}

export function unknown(text: string): Finding {
  return { status: 'unknown', text };
}
