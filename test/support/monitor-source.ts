import type { Device } from '../../src/monitor/device.js';
import { MonitorSource } from '../../src/monitor/monitor.js';
import type { MonitorOptions } from '../../src/monitor/options.js';
import { PreparedCapture } from '../../src/monitor/prepared-capture.js';

/** Monitors that are attached at once, or not at all; what becomes of them is given to `report`. */
export function monitorSource(
  options: MonitorOptions,
  device: Device,
  report: (line: string) => void = () => undefined,
): MonitorSource {
  const prepared = new PreparedCapture(options, report);
  try {
    return new MonitorSource(prepared, device);
  } catch (error) {
    prepared.close();
    throw error;
  }
}
