import { binding, type NativeDevice } from '../../src/binding.js';
import type { Laboratory, PortPair, Shape } from './fixture.js';
import { pipeOn, valePair } from './vale.js';

/** A device within this process, a new one for each scenario. */
export const simulated: Laboratory = {
  name: 'simulated',
  reserved: undefined,
  makePair(kind, shape) {
    const device = new (binding().SimulatedDevice)();
    switch (kind) {
      case 'VALE':
        return valePair(device, shape);
      case 'pipe':
        return pipeOn(device);
      case 'wire':
        return wiredNics(device, shape);
    }
  },
};

function wiredNics(device: NativeDevice, shape: Shape): PortPair {
  const [parent, peer] = ['em0', 'em1'];
  for (const name of [parent, peer]) device.addNic({ name, ...shape });
  device.connect(parent, peer);
  return {
    device,
    parent,
    peer,
    wishes: {},
    dispose() {
      // The device goes with the last who knows it.
    },
  };
}
