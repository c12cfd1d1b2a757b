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
