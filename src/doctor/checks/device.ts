/** Whether netmap's device is there, may be opened, and speaks nmcap's version of the interface. */
import { type ErrorCode, NmcapError } from '../../errors.js';
import { type Check, type Finding, skipped, type Subject, unknown } from '../check.js';
import type { World } from '../world.js';

const DEVICE = '/dev/netmap';
/** NETMAP_API, which nmcap speaks. */
const API = 14;

export const DEVICE_CHECKS: readonly Check[] = [
  { id: 'device', run: ofKernel(checkDevice) },
  { id: 'permission', run: ofKernel(checkPermission) },
  { id: 'api', run: ofKernel(checkApi) },
];

/** A check of the kernel's netmap, which a simulated port does without. */
export function ofKernel(
  check: (subject: Subject) => Finding | Promise<Finding>,
): (subject: Subject) => Finding | Promise<Finding> {
  return (subject) =>
    subject.port?.device === 'simulated'
      ? skipped('a simulated port does without netmap')
      : check(subject);
}

/** Why the ports cannot be listed; undefined where they can. */
export function whyNoPorts(world: World): NmcapError | undefined {
  try {
    world.ports();
    return undefined;
  } catch (error) {
    if (error instanceof NmcapError) return error;
    throw error;
  }
}

function checkDevice({ world }: Subject): Finding {
  const error = whyNoPorts(world);
  if (error?.code === 'NM_NATIVE_MISSING') throw error;
  if (error?.code !== 'NM_NO_DEVICE') return { status: 'ok', text: `${DEVICE} is there` };
  const { platform, release, readFile, exists } = world;
  const missing = { status: 'problem', text: `this system has no ${DEVICE}` } as const;
  if (platform !== 'linux') return { ...missing, fix: ['kldload netmap'] };
  if (exists('/sys/module/netmap')) {
    return {
      ...missing,
      text: `${missing.text}, although the module is loaded: this may be a container`,
      fix: [`docker run --device ${DEVICE} ...`],
    };
  }
  const modules = readFile(`/lib/modules/${release}/modules.dep`);
  if (modules === undefined || modules.includes('/netmap.ko')) {
    return { ...missing, fix: ['modprobe netmap'] };
  }
  return {
    ...missing,
    text: `${missing.text}, and no netmap module for kernel ${release}; LINUX/README.md in netmap's sources says how to build one`,
    fix: ['git clone https://github.com/luigirizzo/netmap', 'modprobe netmap'],
  };
}

function checkPermission({ world, port }: Subject): Finding {
  const error = whyNoPorts(world);
  if (error === undefined || error.code === 'NM_API_MISMATCH') {
    return { status: 'ok', text: `${DEVICE} may be opened` };
  }
  if (error.code === 'NM_NO_DEVICE') return skipped(`there is no ${DEVICE}`);
  if (error.code !== 'NM_NO_PERMISSION') return unknown(error.message);
  return {
    status: 'problem',
    text: error.message,
    fix: [`sudo nmcap doctor${port === undefined ? '' : ` ${port.text}`}`],
  };
}

/** A kernel of another version refuses everything with EINVAL, and notes why (netmap_ioctl). */
function checkApi({ world }: Subject): Finding {
  const error = whyNoPorts(world);
  if (error === undefined) {
    return { status: 'ok', text: `netmap speaks API ${API}`, facts: { api: API } };
  }
  if (error.code !== 'NM_API_MISMATCH') return skipped(withoutDevice(error.code));
  const notes = (world.run('dmesg') ?? '').matchAll(/API mismatch: got \d+ need (\d+)/g);
  const [, needed] = [...notes].at(-1) ?? [];
  return {
    status: 'problem',
    text: `netmap speaks ${needed === undefined ? 'another API than' : `API ${needed}, not`} ${API}: update its module`,
    fix: [
      world.platform === 'linux'
        ? 'git clone https://github.com/luigirizzo/netmap'
        : 'freebsd-update fetch install',
    ],
    facts: needed === undefined ? {} : { api: Number(needed) },
  };
}

/** Why what only netmap can answer is not known. */
export function withoutDevice(code: ErrorCode): string {
  return code === 'NM_NO_DEVICE' ? `there is no ${DEVICE}` : `${DEVICE} gives no answer`;
}
