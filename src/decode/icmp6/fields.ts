import { Layer } from '../field.js';

const icmp6 = new Layer('icmpv6');
const icmp6Echo = icmp6.group('echo');
export const Icmp6Fields = {
  layer: icmp6,
  type: icmp6.number('type'),
  code: icmp6.number('code'),
  identifier: icmp6Echo.number('identifier'),
  sequence: icmp6Echo.number('sequence_number'),
  mtu: icmp6.number('mtu'),
  /** Of neighbour solicitations and advertisements. */
  target: icmp6.group('nd').text('target_address'),
} as const;
