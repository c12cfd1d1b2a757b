import type { BitNames, Names } from '../names.js';

// Traffic engineering values that link-state and signalling protocols share, as tcpdump spells them
// (gmpls.c).

/** How a link is protected (RFC 3471, 7.1). */
export const LINK_PROTECTIONS: BitNames = [
  [0x01, 'Extra Traffic'],
  [0x02, 'Unprotected'],
  [0x04, 'Shared'],
  [0x08, 'Dedicated 1:1'],
  [0x10, 'Dedicated 1+1'],
  [0x20, 'Enhanced'],
  [0x40, 'Reserved'],
  [0x80, 'Reserved'],
];

/** What an interface switches (RFC 3471, 3.1.1). */
export const SWITCHING_NAMES: Names = new Map([
  [1, 'Packet-Switch Capable-1'],
  [2, 'Packet-Switch Capable-2'],
  [3, 'Packet-Switch Capable-3'],
  [4, 'Packet-Switch Capable-4'],
  [51, 'Layer-2 Switch Capable'],
  [100, 'Time-Division-Multiplex'],
  [150, 'Lambda-Switch Capable'],
  [200, 'Fiber-Switch Capable'],
]);

/** How a label-switched path is encoded (RFC 3471, 3.1.1). */
export const ENCODING_NAMES: Names = new Map([
  [1, 'Packet'],
  [2, 'Ethernet V2/DIX'],
  [3, 'ANSI/ETSI PDH'],
  [4, 'Reserved'],
  [5, 'SDH ITU-T G.707/SONET ANSI T1.105'],
  [6, 'Reserved'],
  [7, 'Digital Wrapper'],
  [8, 'Lambda (photonic)'],
  [9, 'Fiber'],
  [10, 'Reserved'],
  [11, 'FiberChannel'],
]);

/** Models of bandwidth constraints (RFC 4125, 4127 and 4128). */
export const CONSTRAINT_MODEL_NAMES: Names = new Map([
  [0, 'Russian dolls'],
  [1, 'Maximum allocation'],
  [254, 'Maximum allocation with E-LSP support'],
]);
