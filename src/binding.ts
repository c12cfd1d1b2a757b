import { createRequire } from 'node:module';

import type {
  Compression,
  NativeCompressor,
  NativeZstdDecompressor,
} from './binding/compression.js';
import type { NativeDrain, NativeDrainOptions } from './binding/drain.js';
import type { Link } from './binding/link.js';
import type { NativePort, PortInfo, RegisterRequest, ValePortEntry } from './binding/port.js';
import type { NativeRecorder, NativeRecorderOptions } from './binding/recorder.js';
import type { NativeSelection } from './binding/selection.js';
import type { NativeDevice, NativeTraffic, TrafficOptions } from './binding/simulation.js';
import { NmcapError } from './errors.js';

export type * from './binding/compression.js';
export type * from './binding/drain.js';
export type * from './binding/link.js';
export type * from './binding/port.js';
export type * from './binding/recorder.js';
export type * from './binding/selection.js';
export type * from './binding/simulation.js';

/** A user of the system. */
export interface User {
  readonly name: string;
  readonly uid: number;
  /** The group that the user logs in with. */
  readonly gid: number;
}

export interface NativeBinding {
  setErrorClass(errorClass: typeof NmcapError): void;
  /** Without a device: the kernel's. */
  portInfo(name: string, device?: NativeDevice): PortInfo;
  /**
   * netmap's VALE_LIST: the ports of all VALE switches, those of a switch together. Throws
   * NM_SYSTEM_CALL; EINVAL where netmap was built without VALE.
   */
  valePorts(device?: NativeDevice): ValePortEntry[];
  /** The index of a VALE switch (`vale0`); undefined where there is none of that name. */
  valeSwitchIndex(name: string, device?: NativeDevice): number | undefined;
  /** All network interfaces of the system (if_nameindex(3)), with addresses or without. */
  interfaceNames(): string[];
  /** undefined: there is no interface of that name. Throws NM_SYSTEM_CALL. */
  findLink(name: string): Link | undefined;
  Port: new (request: RegisterRequest, device?: NativeDevice) => NativePort;
  SimulatedDevice: new () => NativeDevice;
  /** `frames`: as packed by src/sim/pack.ts. */
  SimulatedTraffic: new (
    device: NativeDevice,
    options: TrafficOptions,
    frames: Uint8Array,
  ) => NativeTraffic;
  /**
   * The compiled program as tcpdump -d prints it, or those for each direction where the expression asks
   * for it. `linkType`: LINKTYPE_ number. Throws NM_BAD_FILTER.
   */
  describeFilter(expression: string, linkType: number): string;
  /** The version of the requests that nmcap makes of the kernel (NETMAP_API). */
  readonly netmapApiVersion: number;
  /** libpcap's own words, such as "libpcap version 1.10.3 (with TPACKET_V3)". */
  readonly libpcapVersion: string;
  /** Instructions of a filter that one frame may take; see filterOverruns. */
  readonly filterStepLimit: number;
  /** Whether no one is left to read what is written to a pipe or socket. */
  readerGone(descriptor: number): boolean;
  /**
   * The user of that name or, where nobody has it, of that numeric id; undefined: there is none. Throws
   * NM_SYSTEM_CALL where the system cannot find out.
   */
  findUser(nameOrId: string): User | undefined;
  Compressor: new (compression: Compression) => NativeCompressor;
  ZstdDecompressor: new () => NativeZstdDecompressor;
  /** Without an expression every packet passes. */
  Selection: new (expression?: string) => NativeSelection;
  /**
   * Before start() it is given its ports. Throws NM_BAD_FILTER, NM_NO_RESOURCES for
   * the batches' memory, or NM_SYSTEM_CALL.
   */
  Drain: new (options: NativeDrainOptions, onReady: () => void) => NativeDrain;
  /** Before the drain's start(). Throws NM_BAD_FILTER. */
  Recorder: new (drain: NativeDrain, options: NativeRecorderOptions) => NativeRecorder;
}

let loaded: NativeBinding | undefined;

/** The native addon, loaded when first needed. Throws NM_NATIVE_MISSING. */
export function binding(): NativeBinding {
  if (loaded !== undefined) return loaded;
  try {
    loaded = createRequire(import.meta.url)('../build/Release/nmcap.node') as NativeBinding;
  } catch (cause) {
    throw new NmcapError('NM_NATIVE_MISSING', "nmcap's native addon cannot be loaded", {
      hint: "run 'npm run setup' in the clone, or 'npm rebuild nmcap' where nmcap is installed",
      cause,
    });
  }
  loaded.setErrorClass(NmcapError);
  return loaded;
}
