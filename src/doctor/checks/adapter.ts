/** Whether netmap drives a NIC through the driver's own support, or emulates an adapter. */
import { type Check, type Finding, skipped, type Subject, unknown } from '../check.js';
import { parameter, setParameter } from '../parameters.js';
import type { World } from '../world.js';
import { whyNoPorts, withoutDevice } from './device.js';
import { nicOf } from './nic.js';

export const ADAPTER_CHECKS: readonly Check[] = [{ id: 'adapter', run: checkAdapter }];

type Adapter = 'native' | 'emulated';

function checkAdapter(subject: Subject): Finding {
  const nic = nicOf(subject);
  if (nic === undefined) return skipped('only network interfaces have one');
  const { world } = subject;
  const error = whyNoPorts(world);
  if (error !== undefined) return skipped(withoutDevice(error.code));
  const supports = driverSupportsNetmap(world, nic);
  const adapter = adapterInUse(world, nic) ?? adapterToBe(world, supports);
  if (adapter === undefined) {
    return unknown(
      "netmap answers no such question, the kernel's log does not mention the interface, and its driver is not known",
    );
  }
  const facts = { adapter };
  if (adapter === 'native') {
    return { status: 'ok', text: 'native: the driver supports netmap', facts };
  }
  if (supports === true) {
    return {
      status: 'warning',
      text: 'emulated, although the driver supports netmap: slower, until the application starts anew',
      fix: [setParameter(world, 'admode', 0)],
      facts,
    };
  }
  return { status: 'ok', text: 'emulated: the driver does not support netmap; slower', facts };
}

/** By what netmap_generic.c writes to the kernel's log when an adapter comes and goes. */
function adapterInUse({ run }: World, nic: string): Adapter | undefined {
  const name = escaped(nic);
  const note = new RegExp(
    `Emulated (?:netmap )?adapter for ${name} (activated|deactivated|destroyed)`,
    'g',
  );
  const [, last] = [...(run('dmesg') ?? '').matchAll(note)].at(-1) ?? [];
  return last === 'activated' ? 'emulated' : undefined;
}

/** Which of them netmap takes (netmap_get_hw_na in netmap.c). */
function adapterToBe(world: World, supports: boolean | undefined): Adapter | undefined {
  if (parameter(world, 'admode') === 2) return 'emulated';
  return supports === undefined ? undefined : supports ? 'native' : 'emulated';
}

/**
 * On Linux such a driver's module uses functions of netmap's module. On FreeBSD the drivers are in
 * the kernel, and those that support netmap write a line when they find a card (netmap_attach_ext); of
 * the others nothing is known, as the line may have left the log.
 */
function driverSupportsNetmap(world: World, nic: string): boolean | undefined {
  const { platform, exists, readFile, run, findLink } = world;
  if (platform === 'linux') {
    const driver = findLink(nic)?.driver;
    return driver === undefined
      ? undefined
      : exists(`/sys/module/netmap/holders/${driver.replaceAll('-', '_')}`);
  }
  const log = `${readFile('/var/run/dmesg.boot') ?? ''}\n${run('dmesg') ?? ''}`;
  return new RegExp(`^${escaped(nic)}: netmap queues/slots`, 'm').test(log) ? true : undefined;
}

function escaped(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_]/g, String.raw`\$&`);
}
