import { Char } from '../../text/char.js';
import type { Field } from '../field.js';
import type { Packet } from '../packet.js';
import { DnsFields } from './fields.js';
import { Fixed } from './fixed.js';
import { writeDomainName } from './name.js';
import { DnsType } from './names.js';

const CLASS_MASK = 0x7fff;

/** Offsets of the names in the data of MX and SRV records (RFC 1035, 2782). */
const BEFORE_MAIL_EXCHANGE = 2;
const BEFORE_SERVICE_TARGET = 6;

// `at` is where the name of the question or record begins, `fixed` where its type is, `message`
// where the message begins.

export function recordQuestion(
  packet: Packet,
  at: number,
  fixed: number,
  message: number,
  isMulticast: boolean,
): void {
  const { fields } = packet;
  if (fields === undefined || packet.isTruncated()) return;
  fields.item(DnsFields.question);
  recordName(packet, DnsFields.questionName, at, message);
  fields.u16(DnsFields.questionType, fixed);
  fields.number(DnsFields.questionClass, classAt(packet, fixed + Fixed.class, isMulticast));
}

/** A record whose data was captured. */
export function recordAnswer(
  packet: Packet,
  at: number,
  fixed: number,
  message: number,
  isMulticast: boolean,
): void {
  const { fields } = packet;
  if (fields === undefined || packet.isTruncated()) return;
  const type = packet.u16(fixed);
  fields.item(DnsFields.answer);
  recordName(packet, DnsFields.answerName, at, message);
  fields.number(DnsFields.answerType, type);
  // These two have other meanings in an OPT record (RFC 6891, 6.1.3).
  if (type !== DnsType.Opt) {
    fields.number(DnsFields.answerClass, classAt(packet, fixed + Fixed.class, isMulticast));
    fields.u32(DnsFields.answerTimeToLive, fixed + Fixed.timeToLive);
  }
  const length = packet.u16(fixed + Fixed.dataLength);
  const data = fixed + Fixed.data;
  switch (type) {
    case DnsType.A:
      if (length === 4) fields.ipv4(DnsFields.answerIpv4, data);
      break;
    case DnsType.Aaaa:
      if (length === 16) fields.ipv6(DnsFields.answerIpv6, data);
      break;
    case DnsType.Mx:
      recordName(packet, DnsFields.answerMailExchange, data + BEFORE_MAIL_EXCHANGE, message);
      break;
    case DnsType.Srv:
      recordName(packet, DnsFields.answerService, data + BEFORE_SERVICE_TARGET, message);
      break;
    case DnsType.Ns:
      recordName(packet, DnsFields.answerServer, data, message);
      break;
    case DnsType.Cname:
      recordName(packet, DnsFields.answerAlias, data, message);
      break;
    case DnsType.Ptr:
      recordName(packet, DnsFields.answerPointer, data, message);
  }
}

/** The class without multicast DNS's flag bit (RFC 6762, 5.4 and 10.2). */
function classAt(packet: Packet, at: number, isMulticast: boolean): number {
  const value = packet.u16(at);
  return isMulticast ? value & CLASS_MASK : value;
}

/** The name as the line shows it, without the final dot; nothing if it is malformed. */
function recordName(packet: Packet, field: Field, at: number, message: number): void {
  const { line } = packet;
  const from = line.length;
  const isWhole = writeDomainName(packet, at, message) >= 0;
  const endsWithDot = line.length > from + 1 && line.bytes[line.length - 1] === Char.Dot;
  if (isWhole) packet.fields?.written(field, from, line.length - (endsWithDot ? 1 : 0));
  packet.takeBack(from);
}
