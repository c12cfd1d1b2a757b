/** The parameters of netmap's module that change what a capture sees. */
import { type Check, type Finding, skipped, type Subject, unknown } from '../check.js';
import { parameter, setParameter } from '../parameters.js';
import type { World } from '../world.js';
import { ofKernel, whyNoPorts, withoutDevice } from './device.js';

/** Ethernet's header and a VLAN tag, in bytes: what a frame has besides the MTU. */
const FRAME_OVERHEAD = 18;

export const MODULE_CHECKS: readonly Check[] = [
  { id: 'time-stamps', run: ofKernel(checkTimeStamps) },
  { id: 'adapter-mode', run: ofKernel(checkAdapterMode) },
  { id: 'buffers', run: ofKernel(checkBuffers) },
];

function unreadable(world: World): Finding {
  return whyNoPorts(world)?.code === 'NM_NO_DEVICE'
    ? skipped(withoutDevice('NM_NO_DEVICE'))
    : unknown('the parameters of the netmap module cannot be read');
}

function checkTimeStamps({ world }: Subject): Finding {
  const no_timestamp = parameter(world, 'no_timestamp');
  if (no_timestamp === undefined) return unreadable(world);
  const facts = { no_timestamp };
  if (no_timestamp === 0) {
    return { status: 'ok', text: 'netmap stamps every sync (no_timestamp=0)', facts };
  }
  return {
    status: 'warning',
    text: `no_timestamp=${no_timestamp}: netmap stamps nothing, and frames have the time at which nmcap takes them`,
    fix: [setParameter(world, 'no_timestamp', 0)],
    facts,
  };
}

/** netmap_get_hw_na() in netmap.c; numbers out of range count as 0 there. */
function checkAdapterMode({ world }: Subject): Finding {
  const admode = parameter(world, 'admode');
  if (admode === undefined) return unreadable(world);
  const facts = { admode };
  const fix = [setParameter(world, 'admode', 0)];
  if (admode === 1) {
    const text = 'admode=1: interfaces whose driver does not support netmap cannot be opened';
    return { status: 'warning', text, fix, facts };
  }
  if (admode === 2) {
    const text = 'admode=2: netmap emulates all adapters, also where the driver supports it';
    return { status: 'warning', text, fix, facts };
  }
  return { status: 'ok', text: `the best adapter that there is (admode=${admode})`, facts };
}

/**
 * A copy monitor has memory of its own, with buffers of priv_buf_size, and cuts off what does not fit
 * (netmap_monitor.c, netmap_monitor_parent_sync); VALE ports have such buffers themselves.
 */
function checkBuffers({ world, port }: Subject): Finding {
  const buf_size = parameter(world, 'buf_size');
  const priv_buf_size = parameter(world, 'priv_buf_size');
  if (buf_size === undefined || priv_buf_size === undefined) return unreadable(world);
  const facts = { buf_size, priv_buf_size };
  const name = port?.kernelName ?? '';
  if (name.includes(':')) {
    return { status: 'ok', text: `${priv_buf_size} bytes, of ports and monitors`, facts };
  }
  const mtu = name === '' ? undefined : world.findLink(name)?.mtu;
  // Larger frames take several slots.
  const longest = Math.min(mtu === undefined ? Infinity : mtu + FRAME_OVERHEAD, buf_size);
  const known = mtu === undefined ? facts : { ...facts, mtu };
  if (longest <= priv_buf_size) {
    return {
      status: 'ok',
      text: `${buf_size} bytes; those of copy monitors ${priv_buf_size}`,
      facts: known,
    };
  }
  return {
    status: 'warning',
    text: `a slot may have ${longest} bytes, and a copy monitor's buffers ${priv_buf_size}: what is longer is cut off without a sign`,
    fix: [setParameter(world, 'priv_buf_size', buf_size)],
    facts: known,
  };
}
