/** netmap's REGISTER request. Fields left out ask for the kernel's defaults. */
export interface RegisterRequest {
  /** As the kernel takes it, 63 bytes at most. */
  name: string;
  mode: number;
  ringId?: number;
  flags: number;
  memoryId?: number;
  txSlots?: number;
  rxSlots?: number;
  /** Requested numbers, honoured for VALE ports and host rings; other ports have fixed rings. */
  txRings?: number;
  rxRings?: number;
  hostTxRings?: number;
  hostRxRings?: number;
}

export interface RingInfo {
  /** NIC rings count from 0, host rings continue after them. */
  number: number;
  host: boolean;
  slots: number;
  /** Bytes. */
  bufferSize: number;
}

/** What the kernel granted, and the rings that are bound. */
export interface GrantedPort {
  /** As requested. */
  name: string;
  /** The port's own name: for a monitor, its parent's name, its kind and a number. */
  interfaceName: string;
  flags: number;
  memoryId: number;
  /** Bytes mapped. */
  memorySize: number;
  txSlots: number;
  rxSlots: number;
  txRings: RingInfo[];
  rxRings: RingInfo[];
}

/** netmap's PORT_INFO_GET, which also works for ports that are not in netmap mode. */
export interface PortInfo {
  /** Slots of each tx ring. */
  txSlots: number;
  /** Slots of each rx ring. */
  rxSlots: number;
  /** NIC rings, or those of a VALE port or pipe. */
  txRings: number;
  /** As above. */
  rxRings: number;
  /** Rings towards the host's stack; 0 where the port has none. */
  hostTxRings: number;
  /** As above. */
  hostRxRings: number;
  /** Of the port's memory, as netmap numbers allocators; 1 is the one that ports share. */
  memoryId: number;
}

export interface ValePortEntry {
  /**
   * `vale0:a`; of a persistent port that has been opened, the interface's name alone, as which netmap
   * then knows it (netmap.c, netmap_update_config).
   */
  name: string;
  switchIndex: number;
}

/** A registration on a port. The constructor throws NmcapError, code NM_SYSTEM_CALL. */
export interface NativePort {
  readonly granted: GrantedPort;
  /** Refused while a drain has the port. */
  close(): void;
}
