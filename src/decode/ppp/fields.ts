import { Layer } from '../field.js';

const ppp = new Layer('ppp');
export const PppFields = { layer: ppp, protocol: ppp.number('protocol') } as const;

const pppoe = new Layer('pppoe');
export const PppoeFields = {
  layer: pppoe,
  code: pppoe.number('code'),
  session: pppoe.number('session_id'),
} as const;
