import { writeNumber } from './labelled.js';
import type { Packet } from './packet.js';
import { writePaddedText } from './padded-text.js';

/** Minimum length of the extension, including its own length field (IEEE 802.1Q, 14.4). */
export const MIN_EXTENSION = 87;

/** Offsets into the extension. */
const CONFIGURATION_NAME = 3;
const CONFIGURATION_REVISION = 35;
const CONFIGURATION_NAME_SIZE = CONFIGURATION_REVISION - CONFIGURATION_NAME;
const CONFIGURATION_DIGEST = 37;
const CONFIGURATION_DIGEST_SIZE = 16;
const AGREEMENT = 53;
const AGREEMENT_FORMAT = 55;
const AGREEMENT_CONVENTION = 56;
const EDGE_COUNT = 57;
const AGREEMENT_DIGEST = 67;
const AGREEMENT_DIGEST_SIZE = 20;

/** What shortest path bridging (802.1aq) adds after an MSTP BPDU; with -v. */
export function printShortestPath(packet: Packet, at: number): void {
  const { line } = packet;
  writeNumber(line, '\n\tv4len ', packet.u16(at), ', AUXMCID Name ');
  writePaddedText(packet, at + CONFIGURATION_NAME, CONFIGURATION_NAME_SIZE);
  if (!packet.need(at + CONFIGURATION_REVISION, 2 + CONFIGURATION_DIGEST_SIZE)) return;
  writeNumber(line, ', Rev ', packet.u16(at + CONFIGURATION_REVISION), ',\n\t\tdigest ');
  packet.writeHexBytes(at + CONFIGURATION_DIGEST, CONFIGURATION_DIGEST_SIZE);
  if (!packet.need(at + AGREEMENT, AGREEMENT_DIGEST + AGREEMENT_DIGEST_SIZE - AGREEMENT)) return;
  const agreement = packet.u8(at + AGREEMENT);
  const format = packet.u8(at + AGREEMENT_FORMAT);
  const convention = packet.u8(at + AGREEMENT_CONVENTION);
  writeNumber(line, '\n\tAgreement num ', agreement >> 6);
  writeNumber(line, ', Discarded Agreement num ', (agreement >> 4) & 3);
  writeNumber(line, ', Agreement valid-flag ', (agreement >> 3) & 1);
  writeNumber(line, ',\n\tRestricted role-flag: ', (agreement >> 2) & 1);
  // The capabilities are half a byte, but tcpdump shows all of it.
  writeNumber(line, ', Format id ', format >> 4);
  writeNumber(line, ' cap ', format);
  writeNumber(line, ', Convention id ', convention >> 4);
  writeNumber(line, ' cap ', convention);
  writeNumber(line, ',\n\tEdge count ', packet.u16(at + EDGE_COUNT), ', Agreement digest ');
  packet.writeHexBytes(at + AGREEMENT_DIGEST, AGREEMENT_DIGEST_SIZE);
}
