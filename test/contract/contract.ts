import { it } from 'node:test';

import { Fixture, type Kind, type Laboratory, type Shape } from './fixture.js';
import { kernel } from './kernel.js';
import { simulated } from './simulated.js';

/** `npm run test:kernel` names the one device that it is about, where nothing is skipped then. */
const ONLY = process.env['NMCAP_CONTRACT_DEVICE'];
const ALL_KINDS: readonly Kind[] = ['VALE', 'pipe', 'wire'];

/** Long enough for a kernel in a processor that is simulated in software. */
const TIMEOUT_MS = 120_000;

export interface Scope {
  /** The kinds of ports that the scenario makes sense for: all, unless given. */
  on?: readonly Kind[];
  shape?: Shape;
}

/** What `body` says must hold on every device: declares one test for each kind of ports on each. */
export function scenario(title: string, scope: Scope, body: Body): void {
  for (const laboratory of [simulated, kernel]) declare(laboratory, title, scope, body);
}

/** The same for what only the kernel's device can show. */
export function kernelScenario(title: string, scope: Scope, body: Body): void {
  declare(kernel, title, scope, body);
}

type Body = (fixture: Fixture) => void | Promise<void>;

function declare(
  laboratory: Laboratory,
  title: string,
  { on = ALL_KINDS, shape = {} }: Scope,
  body: Body,
): void {
  if (ONLY !== undefined && ONLY !== laboratory.name) return;
  const skip = ONLY === undefined ? laboratory.reserved : undefined;
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
