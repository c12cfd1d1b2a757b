import { writeNumber } from '../labelled.js';
import { type BitNames, type Names, writeBits } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { printGrace } from './grace.js';
import { OpaqueType } from './names.js';
import { printTrafficEngineering } from './te.js';
import { printTlvHead, TLV_HEAD, type TlvWording } from './tlv.js';

/**
 * The body of an opaque advertisement (RFC 5250). False if its bytes must not be dumped as well.
 */
export function printOpaque(packet: Packet, type: number, at: number, length: number): boolean {
  switch (type) {
    case OpaqueType.RouterInformation:
      return printRouterInformation(packet, at, length);
    case OpaqueType.Grace:
      return printGrace(packet, at, length);
    case OpaqueType.TrafficEngineering:
      return printTrafficEngineering(packet, at, length);
    default:
      if (packet.options.verbosity <= 1) dumpUnknownHex(packet, at, length, '\n\t    ');
      return true;
  }
}

const CAPABILITIES_TLV = 1;

/** RFC 7770, 2.4; tcpdump takes the bits from the other end. */
const CAPABILITIES: BitNames = [
  [0x001, 'Reserved'],
  [0x002, 'Reserved'],
  [0x004, 'Reserved'],
  [0x008, 'Reserved'],
  [0x010, 'graceful restart capable'],
  [0x020, 'graceful restart helper'],
  [0x040, 'Stub router support'],
  [0x080, 'Traffic engineering'],
  [0x100, 'p2p over LAN'],
  [0x200, 'path computation server'],
];

const TLV_NAMES: Names = new Map([[CAPABILITIES_TLV, 'Router Capabilities']]);

const WORDING: TlvWording = {
  names: TLV_NAMES,
  length: '), length: ',
  value: ', value: ',
  excess: ' > remaining LS length ',
};

/** RFC 7770, 2.1. */
function printRouterInformation(packet: Packet, start: number, length: number): boolean {
  const { line } = packet;
  let at = start;
  for (let left = length; left !== 0;) {
    if (!packet.need(at, TLV_HEAD)) return false;
    const size = printTlvHead(packet, WORDING, at, left);
    if (size < 0) return false;
    const type = packet.u16(at);
    at += TLV_HEAD;
    left -= TLV_HEAD;
    if (!packet.need(at, size)) return false;
    if (type !== CAPABILITIES_TLV) {
      if (packet.options.verbosity <= 1) dumpUnknownHex(packet, at, size, '\n\t      ');
    } else if (size === 4) {
      line.text('Capabilities: ');
      writeBits(line, CAPABILITIES, packet.u32(at), 'Unknown');
    } else {
      writeNumber(line, '\n\t    Bogus length ', size, ' != 4');
      return false;
    }
    at += size;
    left -= size;
  }
  return true;
}
