import type { NativePort } from './port.js';

/** A simulated NIC; fields left out get the simulation's defaults. */
export interface SimulatedNic {
  name: string;
  /** Ring pairs. */
  rings?: number;
  hostRings?: number;
  /** Of each ring. */
  slots?: number;
  /** Bytes. */
  bufferSize?: number;
}

/** A netmap device inside this process. */
export interface NativeDevice {
  addNic(nic: SimulatedNic): void;
  /** Connects two NICs by a wire: each receives what the other sends. */
  connect(one: string, two: string): void;
  /** Frames that the full rings of a monitor lost, for each ring; no kernel reports them. */
  losses(port: NativePort): { ring: number; inbound: number; outbound: number }[];
}

export interface TrafficOptions {
  /** The name on the device of the port that the application opens. */
  port: string;
  /** Ring pairs, and slots of each, where the application can choose them: on VALE ports. */
  rings: number;
  slots: number;
  /** 0: as fast as possible. */
  framesPerSecond: number;
  /** Leave netmap mode after this many frames; 0: never. */
  count: number;
  /** Begin again after the last frame of the list. */
  repeat: boolean;
  /** Bytes of each frame, for load instead of the list; 0: send the list. */
  loadLength: number;
}

/** The application of a simulated port, which it opens immediately, and its peer on the wire. */
export interface NativeTraffic {
  /** Once, and not after close(). */
  start(): void;
  /** Frames sent so far, for each ring. */
  counts(): { inbound: number; outbound: number }[];
  /** Stops and joins the thread; the application leaves its port. */
  close(): void;
}
