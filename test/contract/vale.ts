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

/** With this process's number: others may use the kernel's device as well. */
function nextSwitch(): string {
  return `vale${process.pid % 1000}x${switches++}`;
}
