// nmcap itself, with the arguments of this program, on simulated ports whose applications come back. The
// parent is sent each stay of an application, and whatever it sends makes the current stays the last.
import { makeApplicationsReturn, type Stay } from './returning-traffic.js';

export interface StayMessage extends Stay {
  readonly isLast: boolean;
}

const dismiss = makeApplicationsReturn((stay, isLast) => {
  const message: StayMessage = { ...stay, isLast };
  process.send?.(message);
});
process.on('message', dismiss);
await import('../../../src/main.js');
