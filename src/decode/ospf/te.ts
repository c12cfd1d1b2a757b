import { writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { LINK_PART_NAMES, LinkPart, printLinkPart } from './te-link.js';
import { printTlvHead, TLV_HEAD, type TlvWording } from './tlv.js';

const Tlv = { Router: 1, Link: 2 } as const;

const TLV_NAMES: Names = new Map<number, string>([
  [Tlv.Router, 'Router Address'],
  [Tlv.Link, 'Link'],
]);

const WORDING: TlvWording = {
  names: TLV_NAMES,
  length: '), length: ',
  value: '',
  excess: ' > ',
};

/** Everything is padded to 32 bits. */
function padded(size: number): number {
  return (size + 3) & ~3;
}

/**
 * The TLVs of a traffic engineering advertisement (RFC 3630, 2.4; RFC 5329, 3). False if the rest
 * must not be shown.
 */
export function printTrafficEngineering(packet: Packet, start: number, length: number): boolean {
  const { line } = packet;
  let at = start;
  for (let left = length; left !== 0;) {
    if (!packet.has(at, TLV_HEAD)) return false;
    const size = printTlvHead(packet, WORDING, at, left);
    if (size < 0) return false;
    const type = packet.u16(at);
    at += TLV_HEAD;
    left -= TLV_HEAD;
    if (type === 0 || size === 0) return false;
    if (type === Tlv.Link) {
      at = printLink(packet, at, size);
      if (at === 0) return false;
      // The bytes of the link are not counted, so that as many are read past the end, as in
      // ospf_te_lsa_print of print-ospf.c.
      continue;
    }
    if (type === Tlv.Router) {
      if (size < 4) {
        writeNumber(line, '\n\t    TLV length ', size, ' < 4');
        return false;
      }
      if (!packet.need(at, 4)) return false;
      line.text(', ');
      packet.writeIpv4(at);
    } else if (packet.options.verbosity <= 1) {
      dumpUnknownHex(packet, at, size, '\n\t      ');
    }
    if (padded(size) > left) {
      writeNumber(line, '\n\t    Bogus padded length ', padded(size));
      writeNumber(line, ' > ', left);
      return false;
    }
    at += padded(size);
    left -= padded(size);
  }
  return true;
}

/** A link's sub-TLVs (RFC 3630, 2.5). Returns where they end; 0 if the rest must not be shown. */
function printLink(packet: Packet, start: number, length: number): number {
  const { line } = packet;
  let at = start;
  for (let left = length; left !== 0;) {
    if (left < 4) {
      writeNumber(line, '\n\t    Remaining TLV length ', left, ' < 4');
      return 0;
    }
    if (!packet.need(at, 4)) return 0;
    const type = packet.u16(at);
    const size = packet.u16(at + 2);
    at += 4;
    left -= 4;
    if (type === 0 || size === 0) {
      packet.writeInvalid();
      return 0;
    }
    line.text('\n\t      ');
    line.text(LINK_PART_NAMES.get(type) ?? 'unknown');
    writeNumber(line, ' subTLV (', type);
    writeNumber(line, '), length: ', size);
    if (left < size) {
      writeMissing(packet, left, size);
      return 0;
    }
    if (!packet.has(at, size)) return 0;
    if (!printLinkPart(packet, type, at, size)) {
      packet.writeInvalid();
      return 0;
    }
    if (left < padded(size)) {
      writeMissing(packet, left, padded(size));
      return 0;
    }
    // tcpdump skips risk groups twice.
    at += type === LinkPart.SharedRisk ? 2 * size : padded(size);
    left -= padded(size);
  }
  return at;
}

function writeMissing(packet: Packet, left: number, size: number): void {
  writeNumber(packet.line, '\n\t    Remaining TLV length ', left + 4);
  writeNumber(packet.line, ' < ', size + 4);
}
