import type { MonitorSource } from '../monitor/monitor.js';
import type { Monitor } from './capture.js';
import type { Limits } from './limits.js';
import { SourceCapture } from './source-capture.js';

/** What a monitor has beside its packets. */
export class MonitorCapture extends SourceCapture implements Monitor {
  readonly #source: MonitorSource;

  constructor(source: MonitorSource, limits: Limits) {
    super(source, limits);
    this.#source = source;
  }

  get name(): string {
    return this.#source.name;
  }

  get limitations(): readonly string[] {
    return this.#source.limitations;
  }

  get hasLostPorts(): boolean {
    return this.#source.hasLostPorts;
  }

  get isRecorder(): boolean {
    return this.#source.isRecorder;
  }

  trigger(): void {
    this.#source.trigger();
  }

  get triggerOverruns(): number {
    return this.#source.triggerOverruns;
  }
}
