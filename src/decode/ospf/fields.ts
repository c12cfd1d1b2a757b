import { Layer } from '../field.js';

const ospf = new Layer('ospf');
export const OspfFields = {
  layer: ospf,
  version: ospf.number('version'),
  type: ospf.number('msg'),
  length: ospf.number('packet_length'),
  router: ospf.text('srcrouter'),
  area: ospf.text('area_id'),
  /** Of version 2. */
  authenticationType: ospf.group('auth').number('type'),
  /** Of version 3. */
  instance: ospf.number('instance_id'),
} as const;
