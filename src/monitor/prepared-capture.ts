import os from 'node:os';

import type { NativeBatch, NativeDrain } from '../binding.js';
import type { Interface, Section } from '../pcapng/section.js';
import { VERSION } from '../version.js';
import { HandOver } from './hand-over.js';
import { openDrain } from './open-drain.js';
import type { MonitorOptions } from './options.js';
import { Recorder } from './recorder.js';

/**
 * All of a capture but its monitors: threads, buffers, filters. Made before they are attached, as their
 * rings fill up within milliseconds, and kept while ports are awaited.
 */
export class PreparedCapture {
  readonly options: MonitorOptions;
  /** The ports' names as the user gave them. */
  readonly name: string;
  /** Those of the section, by id: to be added once their monitors are attached. */
  readonly interfaces: Interface[] = [];
  readonly section: Section;
  readonly drain: NativeDrain;
  readonly handOver: HandOver;
  readonly recorder: Recorder | undefined;
  readonly report: (line: string) => void;

  /**
   * `report` is given what becomes of the capture, a line each.
   *
   * @throws NmcapError NM_BAD_FILTER, also of the recorder's trigger; NM_NO_PERMISSION for real-time
   *   priority; NM_NO_RESOURCES
   */
  constructor(options: MonitorOptions, report: (line: string) => void) {
    this.options = options;
    this.report = report;
    this.name = options.ports.map(({ text }) => text).join(', ');
    this.section = describeSection(this.interfaces);
    this.drain = openDrain(this.name, options, () => {
      this.handOver.wake();
    });
    this.handOver = new HandOver(this.drain, this.section);
    this.recorder = this.#createRecorder(options);
  }

  /** Ends the threads; afterwards the monitors can be closed. */
  close(): void {
    this.drain.close();
  }

  #createRecorder({ recorder, bufferSize }: MonitorOptions): Recorder | undefined {
    if (recorder === undefined) return undefined;
    const toBatch = (taken: NativeBatch) => this.handOver.packets(taken);
    try {
      return new Recorder(this.drain, recorder, bufferSize, toBatch, (line) => {
        this.report(`${this.name}: ${line}`);
      });
    } catch (error) {
      this.close();
      throw error;
    }
  }
}

function describeSection(interfaces: readonly Interface[]): Section {
  return {
    byteOrder: os.endianness() === 'LE' ? 'little' : 'big',
    hardware: os.machine(),
    os: `${os.type()} ${os.release()}`,
    application: `nmcap ${VERSION}`,
    interfaces,
  };
}
