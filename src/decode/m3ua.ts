import { Char } from '../text/char.js';
import { writeHex, writeNumber } from './labelled.js';
import { type Names, writeName, writeNameOrHex } from './names.js';
import type { Packet } from './packet.js';

const VERSION = 1;
const HEADER = 8;
const PARAMETER_HEADER = 4;

/** Message classes (RFC 4666, 3.1.2), as tcpdump spells them. */
const CLASS_NAMES: Names = new Map([
  [0, 'Management'],
  [1, 'Transfer'],
  [2, 'SS7'],
  [3, 'ASP'],
  [4, 'ASP'],
  [9, 'Routing Key Management'],
]);

const MESSAGE_NAMES: ReadonlyMap<number, Names> = new Map([
  [
    0,
    new Map([
      [0, 'Error'],
      [1, 'Notify'],
    ]),
  ],
  [1, new Map([[1, 'Data']])],
  [
    2,
    new Map([
      [1, 'Destination Unavailable'],
      [2, 'Destination Available'],
      [3, 'Destination State Audit'],
      [4, 'Signalling Congestion'],
      [5, 'Destination User Part Unavailable'],
      [6, 'Destination Restricted'],
    ]),
  ],
  [
    3,
    new Map([
      [1, 'Up'],
      [2, 'Down'],
      [3, 'Heartbeat'],
      [4, 'Up Acknowledgement'],
      [5, 'Down Acknowledgement'],
      [6, 'Heartbeat Acknowledgement'],
    ]),
  ],
  [
    4,
    new Map([
      [1, 'Active'],
      [2, 'Inactive'],
      [3, 'Active Acknowledgement'],
      [4, 'Inactive Acknowledgement'],
    ]),
  ],
  [
    9,
    new Map([
      [1, 'Registration Request'],
      [2, 'Registration Response'],
      [3, 'Deregistration Request'],
      [4, 'Deregistration Response'],
    ]),
  ],
]);

const Parameter = {
  RoutingContext: 0x0006,
  CorrelationId: 0x0013,
  NetworkAppearance: 0x0200,
} as const;

const PARAMETER_NAMES: Names = new Map<number, string>([
  [0x0004, 'INFO String'],
  [Parameter.RoutingContext, 'Routing Context'],
  [0x0007, 'Diagnostic Info'],
  [0x0009, 'Heartbeat Data'],
  [0x000b, 'Traffic Mode Type'],
  [0x000c, 'Error Code'],
  [0x000d, 'Status'],
  [0x0011, 'ASP Identifier'],
  [0x0012, 'Affected Point Code'],
  [Parameter.CorrelationId, 'Correlation ID'],
  [Parameter.NetworkAppearance, 'Network Appearance'],
  [0x0204, 'User/Cause'],
  [0x0205, 'Congestion Indications'],
  [0x0206, 'Concerned Destination'],
  [0x0207, 'Routing Key'],
  [0x0208, 'Registration Result'],
  [0x0209, 'Deregistration Result'],
  [0x020a, 'Local Routing Key Identifier'],
  [0x020b, 'Destination Point Code'],
  [0x020c, 'Service Indicators'],
  [0x020e, 'Originating Point Code List'],
  [0x0210, 'Protocol Data'],
  [0x0212, 'Registration Status'],
  [0x0213, 'Deregistration Status'],
]);

/**
 * A message of SS7's MTP3 user adaptation (RFC 4666) in an SCTP data chunk, all of which was
 * captured.
 */
export function printM3ua(packet: Packet, at: number, length: number): void {
  const { line } = packet;
  packet.protocol = 'm3ua';
  if (length < HEADER) {
    packet.writeInvalid();
    return;
  }
  if (packet.u8(at) !== VERSION) return;
  const messageClass = packet.u8(at + 2);
  line.text('\n\t\t');
  writeName(line, CLASS_NAMES, messageClass, 'Unknown message class ');
  const names = MESSAGE_NAMES.get(messageClass);
  if (names !== undefined) {
    line.byte(Char.Space);
    writeNameOrHex(line, names, packet.u8(at + 3), 'Unknown (0x', 2, ')');
    line.text(' Message');
  }
  const declared = packet.u32(at + 4);
  if (declared === length) printParameters(packet, at + HEADER, at + length);
  else writeNumber(line, '\n\t\t\t@@@@@@ Corrupted length ', declared, ' of message @@@@@@');
}

function printParameters(packet: Packet, start: number, end: number): void {
  const { line } = packet;
  for (let at = start; at < end;) {
    if (at + PARAMETER_HEADER > end) {
      packet.writeInvalid();
      return;
    }
    const tag = packet.u16(at);
    const length = packet.u16(at + 2);
    line.text('\n\t\t\t');
    writeNameOrHex(line, PARAMETER_NAMES, tag, 'Unknown Parameter (0x', 4, ')');
    line.text(': ');
    if (length < PARAMETER_HEADER) {
      packet.writeInvalid();
      return;
    }
    const padding = -(at + length - start) & 3;
    if (!packet.need(at, length + padding)) return;
    printValue(packet, tag, at, length);
    at += length + padding;
  }
}

function printValue(packet: Packet, tag: number, at: number, length: number): void {
  const { line } = packet;
  switch (tag) {
    case Parameter.RoutingContext:
    case Parameter.CorrelationId:
    case Parameter.NetworkAppearance:
      // tcpdump 4.99.3 shows the parameter's header instead of its value.
      if (length < PARAMETER_HEADER + 4) packet.writeInvalid();
      else writeHex(line, '0x', packet.u32(at), 8);
      break;
    default:
      writeNumber(line, '(length ', length, ')');
  }
}
