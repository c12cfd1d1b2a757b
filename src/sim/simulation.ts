import { binding, type NativeDevice, type NativeTraffic } from '../binding.js';
import type { Device, RingTruth } from '../source/device.js';
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
  const { rings, slots } = options;
  // The NIC, or the one that a pipe hangs on; VALE switches come with their first port.
  const [nic = ''] = port.kernelName.split(/[{}]/);
  if (!nic.includes(':')) native.addNic({ name: nic, rings, slots });
  const traffic = new SimulatedTraffic(
    native,
    {
      port: port.kernelName,
      rings,
      slots,
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
    truth(monitor) {
      return ringTruth(traffic, native.losses(monitor));
    },
    close() {
      traffic.close();
    },
  };
}

function ringTruth(
  traffic: NativeTraffic,
  losses: ReturnType<NativeDevice['losses']>,
): Map<number, RingTruth> {
  const sent = traffic.counts();
  return new Map(
    losses.map(({ ring, inbound, outbound }) => [
      ring,
      {
        inbound: { sent: sent[ring]?.inbound ?? 0, lost: inbound },
        outbound: { sent: sent[ring]?.outbound ?? 0, lost: outbound },
      },
    ]),
  );
}

async function packedFrames(options: SimulationOptions): Promise<Uint8Array> {
  if (options.length !== undefined) return new Uint8Array(0);
  if (options.replay === undefined) return packFrames(conversation(options));
  const { readFrames } = await import('./replay.js');
  return packFrames(await readFrames(options.replay, options.rings));
}
