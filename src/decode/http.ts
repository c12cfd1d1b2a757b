import type { Packet } from './packet.js';
import { printTextProtocol } from './text-protocol.js';

/** With WebDAV's (RFC 4918) and its kin's, as print-http.c lists them. */
const REQUESTS = [
  'GET PUT COPY HEAD LOCK MOVE POLL POST BCOPY BMOVE MKCOL TRACE LABEL MERGE DELETE SEARCH UNLOCK',
  'REPORT UPDATE NOTIFY BDELETE CONNECT OPTIONS CHECKIN PROPFIND CHECKOUT CCM_POST SUBSCRIBE',
  'PROPPATCH BPROPFIND BPROPPATCH UNCHECKOUT MKACTIVITY MKWORKSPACE UNSUBSCRIBE RPC_CONNECT',
  'VERSION-CONTROL BASELINE-CONTROL',
].flatMap((names) => names.split(' '));

/** A request's or response's first line; with -v its head. */
export function printHttp(packet: Packet, at: number, length: number): void {
  packet.protocol = 'http';
  printTextProtocol(packet, 'HTTP', at, length, REQUESTS);
}
