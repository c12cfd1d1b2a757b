import { Layer } from './field.js';

const llc = new Layer('llc');
export const LlcFields = {
  layer: llc,
  destination: llc.number('dsap'),
  source: llc.number('ssap'),
  control: llc.number('control'),
  oui: llc.number('oui'),
  /** After SNAP: an EtherType, or the organisation's own protocol number. */
  type: llc.number('type'),
  protocol: llc.number('pid'),
} as const;
