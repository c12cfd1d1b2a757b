import { Layer } from '../field.js';

const icmp = new Layer('icmp');
export const IcmpFields = {
  layer: icmp,
  type: icmp.number('type'),
  code: icmp.number('code'),
  identifier: icmp.number('ident'),
  sequence: icmp.number('seq'),
  mtu: icmp.number('mtu'),
  gateway: icmp.text('redir_gw'),
} as const;
