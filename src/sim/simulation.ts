import { binding, type NativeDevice, type NativeTraffic } from '../binding.js';
import { explainShortage } from '../errors.js';
import type { Device, RingTruth } from '../monitor/device.js';
import type { PortName } from '../monitor/port-name.js';
import { conversation } from './conversation.js';
import { type SimulationOptions, simulationOptions } from './options.js';
import { packFrames } from './pack.js';

type RingCounts = ReturnType<NativeTraffic['counts']>;

/**
 * The device of `sim:NAME@...`: NICs in netmap mode, VALE ports, and the applications that have them
 * open.
 *
 * @throws NmcapError NM_BAD_PORT_NAME, NM_NO_RESOURCES, or what is wrong with the file to replay
 */
export async function openSimulation(ports: readonly PortName[]): Promise<Device> {
  const { SimulatedDevice } = binding();
  const native = new SimulatedDevice();
  const nics = new Set<string>();
  const traffic = new Map<string, NativeTraffic>();
  for (const port of ports) {
    // Of a whole switch: an application, and the one that it talks to.
    const kernelName = port.isSwitch ? `${port.kernelName}a` : port.kernelName;
    // A port may be watched twice, perhaps ring by ring; the first of its names has the options.
    if (traffic.has(kernelName)) continue;
    const options = simulationOptions(port);
    // The NIC itself, or the parent of a pipe; VALE switches are created with their first port.
    const [nic = ''] = kernelName.split(/[{}]/);
    if (!nic.includes(':') && !nics.has(nic)) {
      explained(nic, () => {
        native.addNic({ name: nic, rings: options.rings, slots: options.slots });
      });
      nics.add(nic);
    }
    traffic.set(kernelName, openTraffic(native, kernelName, options, await packedFrames(options)));
  }
  return {
    native,
    start() {
      for (const each of traffic.values()) each.start();
    },
    truth(monitor) {
      const { name } = monitor.granted;
      const sent = traffic.get(name)?.counts() ?? sentThroughPeer(name, traffic);
      return ringTruth(sent, native.losses(monitor));
    },
    close() {
      for (const each of traffic.values()) each.close();
    },
  };
}

/** What passed through the port that an application on a switch talks to. */
function sentThroughPeer(port: string, traffic: ReadonlyMap<string, NativeTraffic>): RingCounts {
  const valeSwitch = port.slice(0, port.indexOf(':') + 1);
  const [, application] = [...traffic].find(([name]) => name === `${valeSwitch}a`) ?? [];
  const counts = application?.counts() ?? [];
  return counts.map(({ inbound, outbound }) => ({ inbound: outbound, outbound: inbound }));
}

function openTraffic(
  device: NativeDevice,
  port: string,
  { rings, slots, rate, count, replay, length }: SimulationOptions,
  frames: Uint8Array,
): NativeTraffic {
  const { SimulatedTraffic } = binding();
  return explained(
    port,
    () =>
      new SimulatedTraffic(
        device,
        {
          port,
          rings,
          slots,
          framesPerSecond: rate ?? 0,
          count: count ?? 0,
          repeat: replay === undefined,
          loadLength: length ?? 0,
        },
        frames,
      ),
  );
}

function explained<T>(port: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw explainShortage(error, `sim:${port}`) ?? error;
  }
}

function ringTruth(
  sent: RingCounts,
  losses: ReturnType<NativeDevice['losses']>,
): Map<number, RingTruth> {
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
  return packFrames(await readFrames(options.replay, options));
}
