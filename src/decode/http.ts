import { Char } from '../text/char.js';
import { Layer } from './field.js';
import type { FieldRecorder } from './field-recorder.js';
import type { Packet } from './packet.js';
import { printTextProtocol } from './text-protocol.js';

const http = new Layer('http');
const httpRequest = http.group('request');
const httpResponse = http.group('response');
export const HttpFields = {
  layer: http,
  requestMethod: httpRequest.text('method'),
  requestUri: httpRequest.text('uri'),
  requestVersion: httpRequest.text('version'),
  responseVersion: httpResponse.text('version'),
  responseCode: httpResponse.number('code'),
  responsePhrase: httpResponse.text('phrase'),
} as const;

/** HTTP's methods, WebDAV's (RFC 4918) and others, as listed in print-http.c. */
const REQUESTS = [
  'GET PUT COPY HEAD LOCK MOVE POLL POST BCOPY BMOVE MKCOL TRACE LABEL MERGE DELETE SEARCH UNLOCK',
  'REPORT UPDATE NOTIFY BDELETE CONNECT OPTIONS CHECKIN PROPFIND CHECKOUT CCM_POST SUBSCRIBE',
  'PROPPATCH BPROPFIND BPROPPATCH UNCHECKOUT MKACTIVITY MKWORKSPACE UNSUBSCRIBE RPC_CONNECT',
  'VERSION-CONTROL BASELINE-CONTROL',
].flatMap((names) => names.split(' '));

/** "HTTP", which versions begin with, as a number (RFC 9112, 2.3). */
const VERSION = 0x48545450;

/** The first line of a request or response; with -v all of its header. */
export function printHttp(packet: Packet, at: number, length: number): void {
  packet.protocol = 'http';
  packet.fields?.layer(HttpFields.layer);
  const isMessage = printTextProtocol(packet, 'HTTP', at, length, REQUESTS);
  if (isMessage && packet.fields !== undefined && !packet.isTruncated()) {
    recordFirstLine(packet, packet.fields, at, Math.min(at + length, packet.end));
  }
}

/** A request line or a status line (RFC 9112, 3 and 4), if it ends before `end`. */
function recordFirstLine(packet: Packet, fields: FieldRecorder, at: number, end: number): void {
  const lineEnd = endOf(packet, at, end, Char.CarriageReturn, Char.LineFeed);
  if (lineEnd === end) return;
  const first = endOf(packet, at, lineEnd, Char.Space);
  const second = endOf(packet, first + 1, lineEnd, Char.Space);
  const third = Math.min(second + 1, lineEnd);
  if (isVersion(packet, at, first)) {
    fields.text(HttpFields.responseVersion, at, first);
    recordCode(packet, fields, first + 1, second);
    fields.text(HttpFields.responsePhrase, third, lineEnd);
  } else if (isVersion(packet, third, lineEnd)) {
    fields.text(HttpFields.requestMethod, at, first);
    fields.text(HttpFields.requestUri, first + 1, second);
    fields.text(HttpFields.requestVersion, third, lineEnd);
  }
}

function recordCode(packet: Packet, fields: FieldRecorder, at: number, end: number): void {
  if (end - at !== 3) return;
  let code = 0;
  for (let i = at; i < end; i++) code = 10 * code + packet.u8(i) - Char.Zero;
  fields.number(HttpFields.responseCode, code);
}

function isVersion(packet: Packet, at: number, end: number): boolean {
  return end - at > 4 && packet.u32(at) === VERSION;
}

/** Where the first of the characters is found, or `end`. */
function endOf(packet: Packet, at: number, end: number, ...characters: number[]): number {
  let next = at;
  while (next < end && !characters.includes(packet.u8(next))) next++;
  return Math.min(next, end);
}
