import { Char } from '../../text/char.js';
import { IpProtocol } from '../ip-protocol.js';
import { Ipv4 } from '../ipv4-header.js';
import type { Packet } from '../packet.js';
import { Icmp } from './header.js';
import { Unreachable } from './types.js';

/** The words before and after the unreachable address, by code (RFC 792, 1122, 1716). */
const UNREACHABLE: readonly (readonly [before: string, after: string])[] = [
  ['net ', ' unreachable'],
  ['host ', ' unreachable'],
  ['', ' protocol'],
  ['', ' port'],
  ['', ' unreachable - need to frag'],
  ['', ' unreachable - source route failed'],
  ['net ', ' unreachable - unknown'],
  ['host ', ' unreachable - unknown'],
  ['', ' unreachable - source host isolated'],
  ['net ', ' unreachable - admin prohibited'],
  ['host ', ' unreachable - admin prohibited'],
  ['net ', ' unreachable - tos prohibited'],
  ['host ', ' unreachable - tos prohibited'],
  ['host ', ' unreachable - admin prohibited filter'],
  ['host ', ' unreachable - host precedence violation'],
  ['host ', ' unreachable - precedence cutoff'],
];

/** What could not be reached and why; false if it was cut off. */
export function printUnreachable(packet: Packet, at: number, code: number): boolean {
  const { line } = packet;
  const quoted = at + Icmp.quoted;
  if (code === Unreachable.Port && !packet.has(quoted + Ipv4.protocol, 1)) return false;
  const phrase = UNREACHABLE[code];
  line.text(phrase?.[0] ?? '');
  packet.writeIpv4(quoted + Ipv4.destination);
  switch (code) {
    case Unreachable.Protocol:
      line.text(' protocol ');
      line.decimal(packet.u8(quoted + Ipv4.protocol));
      line.text(' unreachable');
      break;
    case Unreachable.Port: {
      const protocol = packet.u8(quoted + Ipv4.protocol);
      const port = packet.u16(quoted + (packet.u8(quoted) & 15) * 4 + 2);
      if (protocol === IpProtocol.Tcp) line.text(' tcp');
      else if (protocol === IpProtocol.Udp) line.text(' udp');
      else {
        line.text(' protocol ');
        line.decimal(protocol);
      }
      line.text(' port ');
      line.decimal(port);
      line.text(' unreachable');
      break;
    }
    case Unreachable.NeedToFragment: {
      const mtu = packet.u16(at + Icmp.mtu);
      line.text(' unreachable - need to frag');
      if (mtu !== 0) {
        line.text(' (mtu ');
        line.decimal(mtu);
        line.byte(Char.RightParenthesis);
      }
      break;
    }
    default:
      if (phrase !== undefined) {
        line.text(phrase[1]);
      } else {
        line.text(' unreachable - #');
        line.decimal(code);
      }
  }
  return true;
}
