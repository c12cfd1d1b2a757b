import { writeUint16, writeUint32 } from './internet.js';

/** Resource record types (RFC 1035, RFC 3596). */
export const RecordType = { A: 1, Soa: 6, Aaaa: 28 } as const;

const CLASS_INTERNET = 1;
const QUERY_FLAGS = 0x0100; // recursion desired
const ANSWER_FLAGS = 0x8180; // response, recursion desired and available
const NO_SUCH_NAME = 3; // RCODE
/** A pointer to the question's name, which follows the 12 bytes of the header. */
const POINTER_TO_QUESTION = 0xc00c;

export interface DnsQuestion {
  readonly id: number;
  readonly name: string;
  readonly type: number;
}

export function dnsQuery(question: DnsQuestion): Uint8Array {
  return Buffer.concat([header(question.id, QUERY_FLAGS, 0, 0), encodeQuestion(question)]);
}

/** An answer with a record for each address. */
export function dnsAnswer(question: DnsQuestion, ttl: number, addresses: Uint8Array[]): Uint8Array {
  return Buffer.concat([
    header(question.id, ANSWER_FLAGS, addresses.length, 0),
    encodeQuestion(question),
    ...addresses.map((address) => record(uint16(POINTER_TO_QUESTION), question.type, ttl, address)),
  ]);
}

/** NXDOMAIN, with the SOA record of `zone`, which limits how long it may be cached (RFC 2308). */
export function dnsNoSuchName(question: DnsQuestion, zone: string): Uint8Array {
  const timers = new Uint8Array(20);
  [2026112201, 7200, 3600, 1209600, 3600].forEach((value, i) => {
    writeUint32(timers, 4 * i, value);
  });
  const data = [encodeName(`ns.${zone}`), encodeName(`hostmaster.${zone}`), timers];
  return Buffer.concat([
    header(question.id, ANSWER_FLAGS | NO_SUCH_NAME, 0, 1),
    encodeQuestion(question),
    record(encodeName(zone), RecordType.Soa, 3600, Buffer.concat(data)),
  ]);
}

/** RFC 1035 section 4.1.1, with one question. */
function header(id: number, flags: number, answers: number, authorities: number): Uint8Array {
  const bytes = new Uint8Array(12);
  [id, flags, 1, answers, authorities].forEach((value, i) => {
    writeUint16(bytes, 2 * i, value);
  });
  return bytes;
}

function encodeQuestion({ name, type }: DnsQuestion): Uint8Array {
  return Buffer.concat([encodeName(name), uint16(type), uint16(CLASS_INTERNET)]);
}

function record(owner: Uint8Array, type: number, ttl: number, data: Uint8Array): Uint8Array {
  const fixed = new Uint8Array(10);
  writeUint16(fixed, 0, type);
  writeUint16(fixed, 2, CLASS_INTERNET);
  writeUint32(fixed, 4, ttl);
  writeUint16(fixed, 8, data.length);
  return Buffer.concat([owner, fixed, data]);
}

/** Labels of ASCII letters, each preceded by its length; an empty label ends the name. */
function encodeName(name: string): Uint8Array {
  const bytes = new Uint8Array(name.length + 2);
  let at = 0;
  for (const label of name.split('.')) {
    bytes[at++] = label.length;
    for (let i = 0; i < label.length; i++) bytes[at++] = label.charCodeAt(i);
  }
  return bytes;
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value & 0xff);
}
