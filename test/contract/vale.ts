import { binding, type NativeDevice } from '../../src/binding.js';
import type { PortPair, Shape } from './fixture.js';
import { Mode } from './netmap.js';

let switches = 0;

/** Ports of a switch of their own; they come and go with whoever opens them. */
export function valePair(device: NativeDevice | undefined, { rings, slots }: Shape): PortPair {
  const name = nextSwitch();
  return {
    device,
    parent: `${name}:a`,
    peer: `${name}:b`,
    wishes: {
      ...(rings === undefined ? {} : { txRings: rings, rxRings: rings }),
      ...(slots === undefined ? {} : { txSlots: slots, rxSlots: slots }),
    },
    dispose() {
      // Nothing is left of a switch without ports.
    },
  };
}

/** The two ends of a pipe on a VALE port, which is kept open. */
export function pipeOn(device: NativeDevice | undefined): PortPair {
  const name = `${nextSwitch()}:p`;
  const port = new (binding().Port)({ name, mode: Mode.AllNic, flags: 0 }, device);
  return {
    device,
    parent: `${name}{1`,
    peer: `${name}}1`,
    wishes: {},
    dispose() {
      port.close();
    },
  };
}

/**
 * Told apart from other programs' switches, as far as that goes: an interface's name holds 15 bytes,
 * and a monitor's must fit behind it.
 */
function nextSwitch(): string {
  return `vale${(process.pid % 36).toString(36)}${(switches++).toString(36)}`;
}
