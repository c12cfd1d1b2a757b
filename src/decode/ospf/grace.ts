import { writeNumber } from '../labelled.js';
import type { Names } from '../names.js';
import type { Packet } from '../packet.js';
import { dumpUnknownHex } from '../unknown.js';
import { printTlvHead, TLV_HEAD, type TlvWording } from './tlv.js';

const Tlv = { Period: 1, Reason: 2, InterfaceAddress: 3 } as const;

const TLV_NAMES: Names = new Map<number, string>([
  [Tlv.Period, 'Grace Period'],
  [Tlv.Reason, 'Graceful restart Reason'],
  [Tlv.InterfaceAddress, 'IPv4 interface address'],
]);

const WORDING: TlvWording = {
  names: TLV_NAMES,
  length: '), length ',
  value: ', value: ',
  excess: ' > ',
};

const REASON_NAMES: Names = new Map([
  [0, 'Unknown'],
  [1, 'Software Restart'],
  [2, 'Software Reload/Upgrade'],
  [3, 'Control Processor Switch'],
]);

/**
 * The TLVs of a grace advertisement (RFC 3623, A; RFC 5187, 3.1). False if the rest must not be
 * shown.
 */
export function printGrace(packet: Packet, start: number, length: number): boolean {
  let at = start;
  for (let left = length; left > 0;) {
    if (!packet.has(at, TLV_HEAD)) return false;
    const size = printTlvHead(packet, WORDING, at, left);
    if (size < 0) return false;
    const type = packet.u16(at);
    at += TLV_HEAD;
    left -= TLV_HEAD;
    if (type === 0 || size === 0 || !packet.has(at, size)) return false;
    if (!printTlv(packet, type, at, size)) return false;
    const padded = (size + 3) & ~3;
    at += padded;
    // If the padding is missing, decoding continues past the end, as in ospf_grace_lsa_print of
    // print-ospf.c.
    left = (left - padded) >>> 0;
  }
  return true;
}

function printTlv(packet: Packet, type: number, at: number, size: number): boolean {
  const { line } = packet;
  switch (type) {
    case Tlv.Period:
      if (!hasSize(packet, size, 4)) return false;
      writeNumber(line, '', packet.u32(at), 's');
      return true;
    case Tlv.Reason: {
      if (!hasSize(packet, size, 1)) return false;
      const reason = packet.u8(at);
      line.text(REASON_NAMES.get(reason) ?? 'Unknown');
      writeNumber(line, ' (', reason, ')');
      return true;
    }
    case Tlv.InterfaceAddress:
      if (!hasSize(packet, size, 4)) return false;
      packet.writeIpv4(at);
      return true;
    default:
      if (packet.options.verbosity <= 1) dumpUnknownHex(packet, at, size, '\n\t      ');
      return true;
  }
}

function hasSize(packet: Packet, size: number, right: number): boolean {
  if (size === right) return true;
  writeNumber(packet.line, '\n\t    Bogus length ', size);
  writeNumber(packet.line, ' != ', right);
  return false;
}
