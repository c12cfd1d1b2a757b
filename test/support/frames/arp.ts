import { bytes, ethernet, hex, u16 } from '../packet.js';
import { frameSet } from './frame-set.js';

function arp(operation: number, body = hex('020000000001 0a000001 000000000000 0a000002')) {
  return bytes(u16(1, 0x0800), 6, 4, u16(operation), body);
}

export const ARP_FRAMES = frameSet('ARP', {
  request: ethernet(0x0806, arp(1)),
  requestWithTarget: ethernet(0x0806, arp(1, hex('020000000001 0a000001 0200000000ff 0a000002'))),
  reply: ethernet(0x0806, arp(2)),
  reverseRequest: ethernet(0x8035, arp(3)),
  reverseReply: ethernet(0x8035, arp(4)),
  inverseRequest: ethernet(0x0806, arp(8)),
  inverseReply: ethernet(0x0806, arp(9)),
  unknownOperation: ethernet(0x0806, arp(77)),
  padded: ethernet(0x0806, bytes(arp(1), new Uint8Array(18))),
  otherProtocol: ethernet(0x0806, bytes(u16(6, 0x86dd), 6, 4, u16(1), new Uint8Array(20))),
  otherHardware: ethernet(0x0806, bytes(u16(99, 0x0800), 0, 4, u16(2), new Uint8Array(20))),
  longHardware: ethernet(
    0x0806,
    bytes(u16(32, 0x0800), 8, 4, u16(2), hex('0102030405060708 0a000001'), new Uint8Array(12)),
  ),
  wrongLength: ethernet(0x0806, bytes(u16(1, 0x0800), 6, 5, u16(1), new Uint8Array(22))),
});
