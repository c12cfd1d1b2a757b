import { Layer } from '../field.js';

const dns = new Layer('dns');
const dnsFlags = dns.group('flags');
const dnsCount = dns.group('count');
const dnsQuestion = dns.list('qry');
const dnsAnswer = dns.list('resp');
export const DnsFields = {
  layer: dns,
  id: dns.number('id'),
  isResponse: dnsFlags.boolean('response'),
  opcode: dnsFlags.number('opcode'),
  flags: [
    [0x0200, dnsFlags.boolean('truncated')],
    [0x0100, dnsFlags.boolean('recdesired')],
    [0x0020, dnsFlags.boolean('authenticated')],
    [0x0010, dnsFlags.boolean('checkdisable')],
  ],
  /** Only in responses. */
  responseFlags: [
    [0x0400, dnsFlags.boolean('authoritative')],
    [0x0080, dnsFlags.boolean('recavail')],
  ],
  responseCode: dnsFlags.number('rcode'),
  questionCount: dnsCount.number('queries'),
  answerCount: dnsCount.number('answers'),
  authorityCount: dnsCount.number('auth_rr'),
  additionalCount: dnsCount.number('add_rr'),
  question: dnsQuestion,
  questionName: dnsQuestion.text('name'),
  questionType: dnsQuestion.number('type'),
  questionClass: dnsQuestion.number('class'),
  answer: dnsAnswer,
  answerName: dnsAnswer.text('name'),
  answerType: dnsAnswer.number('type'),
  answerClass: dnsAnswer.number('class'),
  answerTimeToLive: dnsAnswer.number('ttl'),
  answerIpv4: dnsAnswer.text('a'),
  answerIpv6: dnsAnswer.text('aaaa'),
  /** The names that records of some types point to. */
  answerServer: dnsAnswer.text('ns'),
  answerAlias: dnsAnswer.text('cname'),
  answerPointer: dnsAnswer.text('ptr'),
  answerMailExchange: dnsAnswer.text('mx'),
  answerService: dnsAnswer.text('srv'),
} as const;
