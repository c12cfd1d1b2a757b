import { it } from 'node:test';

import { Fixture, type Kind, type Laboratory, type Shape } from './fixture.js';
import { kernel } from './kernel.js';
import { simulated } from './simulated.js';

/**
 * Where the scenarios are run. `npm run test:kernel` names the one device that it is about, and then
 * it is an error when that is not there; otherwise what is not there is skipped.
 */
const ONLY = process.env['NMCAP_CONTRACT_DEVICE'];
const LABORATORIES: readonly Laboratory[] = [simulated, kernel].filter(
  ({ name }) => ONLY === undefined || name === ONLY,
);
const ALL_KINDS: readonly Kind[] = ['VALE', 'pipe', 'wire'];

/** Long enough for a kernel in a processor that is simulated in software. */
const TIMEOUT_MS = 120_000;

export interface Scope {
  /** The kinds of ports that the scenario makes sense for: all, unless given. */
  on?: readonly Kind[];
  shape?: Shape;
}

/** Declares one test for each kind of ports on each device. */
export function scenario(
  title: string,
  { on = ALL_KINDS, shape = {} }: Scope,
  body: (fixture: Fixture) => void | Promise<void>,
): void {
  for (const laboratory of LABORATORIES) {
    const skip = ONLY === undefined ? laboratory.missing : undefined;
    for (const kind of on) {
      it(
        `${title} [${kind}, ${laboratory.name}]`,
        { timeout: TIMEOUT_MS, ...(skip === undefined ? {} : { skip }) },
        async () => {
          const fixture = new Fixture(kind, laboratory.makePair(kind, shape));
          try {
            await body(fixture);
          } finally {
            fixture.dispose();
          }
        },
      );
    }
  }
}
