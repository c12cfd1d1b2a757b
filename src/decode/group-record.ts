import type { Names } from './names.js';

/** Types of the group records in reports of IGMPv3 (RFC 3376, 4.2.12) and MLDv2 (RFC 3810, 5.2.12). */
export const RECORD_NAMES: Names = new Map([
  [1, 'is_in'],
  [2, 'is_ex'],
  [3, 'to_in'],
  [4, 'to_ex'],
  [5, 'allow'],
  [6, 'block'],
]);
