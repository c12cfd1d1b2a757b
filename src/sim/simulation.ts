import { binding } from '../binding.js';
import type { Device } from '../source/device.js';
import type { PortName } from '../source/port-name.js';
import { conversation } from './conversation.js';
import { type SimulationOptions, simulationOptions } from './options.js';
import { packFrames } from './pack.js';

/**
 * The device of `sim:NAME@…`: a NIC in netmap mode, and the application that has it open.
 *
 * @throws NmcapError NM_BAD_PORT_NAME, or what is wrong with the file to replay
 */
export async function openSimulation(port: PortName): Promise<Device> {
  const options = simulationOptions(port);
  const { SimulatedDevice, SimulatedTraffic } = binding();
  const frames = await packedFrames(options);
  const native = new SimulatedDevice();
  native.addNic({ name: port.kernelName, rings: options.rings, slots: options.slots });
  const traffic = new SimulatedTraffic(
    native,
    {
      port: port.kernelName,
      framesPerSecond: options.rate ?? 0,
      count: options.count ?? 0,
      repeat: options.replay === undefined,
      loadLength: options.length ?? 0,
    },
    frames,
  );
  return {
    native,
    start() {
      traffic.start();
    },
    close() {
      traffic.close();
    },
  };
}

async function packedFrames(options: SimulationOptions): Promise<Uint8Array> {
  if (options.length !== undefined) return new Uint8Array(0);
  if (options.replay === undefined) return packFrames(conversation(options));
  const { readFrames } = await import('./replay.js');
  return packFrames(await readFrames(options.replay, options.rings));
}
