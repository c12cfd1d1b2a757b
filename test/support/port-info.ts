import type { PortInfo } from '../../src/binding.js';

/** What the kernel knows of a NIC. */
export const NIC_INFO: PortInfo = {
  rxRings: 4,
  txRings: 4,
  rxSlots: 512,
  txSlots: 512,
  hostRxRings: 1,
  hostTxRings: 1,
  memoryId: 1,
};

/** And of a port of a switch. */
export const VALE_INFO: PortInfo = {
  ...NIC_INFO,
  rxRings: 1,
  txRings: 1,
  hostRxRings: 0,
  hostTxRings: 0,
};
