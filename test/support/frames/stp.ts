import { bytes, hex, ieee8023, u16, u32 } from '../packet.js';
import { frameSet } from './frame-set.js';

/** Behind the LLC and SNAP headers. */
export const BPDU_AT = 22;

function bpdu(data: Uint8Array): Uint8Array {
  return ieee8023(bytes(hex('424203'), data));
}

const CONFIG = hex('01 8000 0200000000aa 00000004 8001 020000000001 8002 0100 1400 0280 0f7f');
const INSTANCE = hex('7c 9001 0200000000bb 00000014 80 70 13');
const MULTIPLE = bytes(
  hex('0000 03 02 7c 8000 0200000000aa 00000004 8001 020000000001 8002 0100 1400 0200 0f00 00'),
  u16(64 + 16),
  0,
  'region',
  new Uint8Array(26),
  u16(7),
  hex('000102030405060708090a0b0c0d0e0f'),
  u32(200),
  hex('8003 020000000003'),
  19,
  INSTANCE,
);

/** The extension of shortest path bridging, with and without instances before it. */
function shortestPath(multiple: Uint8Array, length = 85): Uint8Array {
  const bpdu = bytes(
    multiple,
    u16(length),
    1,
    'auxiliary',
    new Uint8Array(23),
    u16(9),
    hex('f0e0d0c0b0a090807060504030201000'),
    hex('9c 00 31 42 0105'),
    new Uint8Array(8),
    hex('000102030405060708090a0b0c0d0e0f10111213'),
  );
  bpdu[2] = 4;
  return bpdu;
}

export const STP_FRAMES = frameSet('STP', {
  shortestPath: bpdu(shortestPath(MULTIPLE)),
  shortestPathTooLong: bpdu(shortestPath(MULTIPLE, 86)),
  shortestPathTooShort: bpdu(shortestPath(MULTIPLE, 84)),
  config: bpdu(bytes(hex('0000 00 00'), CONFIG)),
  rapid: bpdu(bytes(hex('0000 02 02'), CONFIG, 0)),
  multiple: bpdu(MULTIPLE),
  multipleShort: bpdu(MULTIPLE.subarray(0, 90)),
  topologyChange: bpdu(hex('0000 00 80')),
  unknownType: bpdu(hex('0000 00 42')),
  unknownVersion: bpdu(hex('0000 09 42')),
  otherProtocol: bpdu(hex('0001 09 42')),
  configShort: bpdu(bytes(hex('0000 00 00'), CONFIG.subarray(0, 20))),
  tiny: bpdu(hex('0000')),
  cisco: ieee8023(bytes(hex('aaaa03 00000c 010b 0000 00 00'), CONFIG)),
});
