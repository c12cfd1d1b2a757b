import type { FieldRecorder } from '../field-recorder.js';
import type { Packet } from '../packet.js';
import { OspfFields } from './fields.js';

/** Offsets into the header; the first four are the same in versions 2 and 3 (RFC 5340, A.3.1). */
export const OspfHeader = {
  type: 1,
  length: 2,
  router: 4,
  area: 8,
  /** Of version 2 (RFC 2328, A.3.1). */
  authenticationType: 14,
  authentication: 16,
  /** Of version 3. */
  instance: 14,
} as const;

/** Offsets of the options after the header (RFC 2328, A.3.2 and A.3.3). */
export const OspfOptions = { hello: 6, description: 2 } as const;

/**
 * The same for version 3 (RFC 5340, A.3.2 and A.3.3): four bytes, the first of which is a hello's
 * priority.
 */
export const Ospf3Options = { hello: 4, description: 0 } as const;

/** Begins the layer, with the header's fields. */
export function recordOspfHeader(packet: Packet, fields: FieldRecorder, at: number): void {
  fields.layer(OspfFields.layer);
  fields.u8(OspfFields.version, at);
  fields.u8(OspfFields.type, at + OspfHeader.type);
  fields.u16(OspfFields.length, at + OspfHeader.length);
  fields.ipv4(OspfFields.router, at + OspfHeader.router);
  fields.ipv4(OspfFields.area, at + OspfHeader.area);
  if (!packet.has(at, 1)) return;
  const version = packet.u8(at);
  if (version === 2) fields.u16(OspfFields.authenticationType, at + OspfHeader.authenticationType);
  if (version === 3) fields.u8(OspfFields.instance, at + OspfHeader.instance);
}

/** The router that sent the packet, and its area. */
export function writeOspfRouter(packet: Packet, at: number): void {
  const { line } = packet;
  if (!packet.need(at + OspfHeader.router, 4)) return;
  line.text('\n\tRouter-ID ');
  packet.writeIpv4(at + OspfHeader.router);
  const area = at + OspfHeader.area;
  if (!packet.need(area, 4)) return;
  if (packet.u32(area) === 0) {
    line.text(', Backbone Area');
    return;
  }
  line.text(', Area ');
  packet.writeIpv4(area);
}
