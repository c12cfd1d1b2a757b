import { setTimeout } from 'node:timers/promises';

import {
  DEFAULT_BUFFER_SIZE,
  MAX_BUFFER_SIZE,
  MIN_BUFFER_SIZE,
  type MonitorOptions,
  type RecorderOptions,
} from '../monitor/options.js';
import { type MonitoredPorts, parsePorts } from '../monitor/port-choice.js';
import { MAX_SNAPSHOT_LENGTH } from '../pcapng/block.js';
import type { Monitor } from './capture.js';
import { checkSeconds, checkWhole } from './check.js';
import { Limits } from './limits.js';
import type { OpenMonitorOptions, Report } from './options.js';

const SILENT: Report = () => undefined;

/**
 * Attaches monitors to ports: of names such as `em0`, `em0-0`, `vale0:a`, `vale0:` for a whole switch, or
 * `sim:em0@rate=1000` for a simulated port with an application of its own; or what parsePorts() made of
 * them. Frames are taken from the rings once the capture is read, and the rings hold milliseconds of
 * traffic: whatever takes long comes before.
 *
 * @throws NmcapError NM_BAD_PORT_NAME, NM_BAD_FILTER, NM_USAGE; NM_NO_DEVICE, NM_NO_PERMISSION,
 *   NM_NO_SUCH_PORT, NM_NOT_NETMAP_MODE, NM_NO_SUCH_RING, NM_API_MISMATCH, NM_NO_RESOURCES or
 *   NM_ATTACH_FAILED where a monitor cannot be attached; NM_NATIVE_MISSING; the signal's reason where
 *   that is aborted while a port is awaited
 */
export async function openMonitor(
  ports: string | readonly string[] | MonitoredPorts,
  options: OpenMonitorOptions = {},
): Promise<Monitor> {
  const request = requestOf(ports, options);
  const { signal, duration, report = SILENT } = options;
  checkSeconds('duration', duration);
  const [
    { openDevice },
    { PreparedCapture },
    { MonitorSource },
    { isAbsence },
    reattachment,
    { MonitorCapture },
  ] = await Promise.all([
    import('./open-device.js'),
    import('../monitor/prepared-capture.js'),
    import('../monitor/monitor.js'),
    import('../monitor/attach.js'),
    import('../monitor/reattachment.js'),
    import('./monitor-capture.js'),
  ]);
  const prepared = new PreparedCapture(request, (line) => {
    report(line, 'warning');
  });
  const { FIRST_DELAY_MS, nextDelay } = reattachment;
  try {
    for (let delay = FIRST_DELAY_MS; ; delay = nextDelay(delay)) {
      try {
        const source = new MonitorSource(prepared, await openDevice(request.ports));
        return new MonitorCapture(source, new Limits(signal, duration));
      } catch (error) {
        if (!request.wait || !isAbsence(error)) throw error;
        if (delay === FIRST_DELAY_MS) report(`${(error as Error).message}; waiting for it`, 'note');
      }
      await pause(delay, signal);
    }
  } catch (error) {
    prepared.close();
    throw error;
  }
}

/** @throws NmcapError NM_BAD_PORT_NAME, NM_USAGE */
function requestOf(
  ports: string | readonly string[] | MonitoredPorts,
  options: OpenMonitorOptions,
): MonitorOptions {
  const { snapshotLength = MAX_SNAPSHOT_LENGTH, packetLimit = 0 } = options;
  const { bufferSize = DEFAULT_BUFFER_SIZE } = options;
  checkWhole('snapshotLength', snapshotLength, 1, MAX_SNAPSHOT_LENGTH);
  checkWhole('packetLimit', packetLimit, 0);
  checkWhole('bufferSize', bufferSize, MIN_BUFFER_SIZE, MAX_BUFFER_SIZE);
  if (options.recorder !== undefined) checkRecorder(options.recorder, bufferSize);
  return {
    kind: 'monitor',
    ...chosen(ports, options),
    snapshotLength,
    packetLimit,
    bufferSize,
    filter: options.filter,
    realtime: options.realtime ?? false,
    wait: options.wait ?? false,
    reattach: options.reattach ?? false,
    recorder: options.recorder,
  };
}

/** What is kept and the buffer are in one ArrayBuffer, with two batches more. */
function checkRecorder({ before, after }: RecorderOptions, bufferSize: number): void {
  const most = MAX_BUFFER_SIZE - MIN_BUFFER_SIZE - bufferSize;
  if ('bytes' in before) checkWhole('recorder.before.bytes', before.bytes, 1, most);
  else {
    checkSeconds('recorder.before.seconds', before.seconds);
    // Its time is what the buffer has room for, and is kept in as much memory again.
    checkWhole('bufferSize', bufferSize, MIN_BUFFER_SIZE, (MAX_BUFFER_SIZE - MIN_BUFFER_SIZE) / 2);
  }
  checkSeconds('recorder.after', after);
}

function chosen(
  ports: string | readonly string[] | MonitoredPorts,
  { direction, zeroCopy }: OpenMonitorOptions,
): MonitoredPorts {
  if (typeof ports !== 'string' && 'ports' in ports) return ports;
  return parsePorts(typeof ports === 'string' ? [ports] : ports, { direction, zeroCopy });
}

/** @throws the signal's reason where that is aborted */
async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await setTimeout(milliseconds, undefined, { signal });
  } catch {
    throw signal?.reason;
  }
}
