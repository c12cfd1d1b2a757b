import { Field } from './field.js';

/** Fields of the packet itself. */
export const PacketFields = {
  time: new Field('time', 'text'),
  interface: new Field('interface', 'text'),
  direction: new Field('direction', 'text'),
  ring: new Field('ring', 'number'),
  length: new Field('length', 'number'),
  captured: new Field('captured', 'number'),
  comment: new Field('comment', 'text'),
  summary: new Field('summary', 'text'),
} as const;

/** What columns may have of the packet besides, under Wireshark's names; JSON has it in other forms. */
export const ColumnFields = {
  number: new Field('frame.number', 'number'),
  /** Seconds since 1970, since the packet before and since the first one, with nine decimals. */
  epoch: new Field('frame.time_epoch', 'number'),
  delta: new Field('frame.time_delta', 'number'),
  sinceFirst: new Field('frame.time_relative', 'number'),
  /** Wireshark's numbers: 1 in, 2 out. */
  direction: new Field('frame.packet_flags_direction', 'number'),
} as const;
