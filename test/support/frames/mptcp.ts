import { bytes, ethernet, hex, ipv4, ipv6Address, tcp } from '../packet.js';
import { frameSet } from './frame-set.js';

/** Where the TCP options begin: after the headers of Ethernet, IPv4 and TCP. */
export const MPTCP_AT = 54;

const SYN = 0x02;
const SYN_ACK = 0x12;
const ACK = 0x10;

/** A segment with the option, its length set right, and no-operations up to a whole word. */
function segment(flags: number, data: Uint8Array, length = data.length + 2) {
  const option = bytes(30, length, data);
  const padding = new Uint8Array(-option.length & 3).fill(1);
  return ethernet(
    0x0800,
    ipv4({ protocol: 6 }, tcp({ flags, options: bytes(option, padding) }, 'data')),
  );
}

const KEY = hex('0102030405060708');
const KEY_WITH_ZEROS = hex('00000000000000ff');
const ADDRESS = hex('c0000201');
const ADDRESS6 = ipv6Address('2001:db8::1');
const PORT = hex('1f90');

export const MPTCP_FRAMES = frameSet('TCP option MPTCP', {
  capableSyn: segment(SYN, hex('01 01')),
  capableSynKey: segment(SYN, bytes(hex('00 81'), KEY)),
  capableSynAck: segment(SYN_ACK, bytes(hex('01 01'), KEY_WITH_ZEROS)),
  capableAck: segment(ACK, bytes(hex('01 01'), KEY, KEY_WITH_ZEROS)),
  capableData: segment(ACK, bytes(hex('01 81'), KEY, KEY, hex('0010'))),
  capableChecksum: segment(ACK, bytes(hex('01 81'), KEY, KEY, hex('0010 1234'))),
  capableVersion: segment(SYN, hex('02 01')),
  capableWithoutSyn: segment(ACK, hex('01 01')),
  capableBothKeysInSyn: segment(SYN_ACK, bytes(hex('01 01'), KEY, KEY)),
  capableShort: segment(SYN, hex('01 0102')),
  joinSyn: segment(SYN, hex('10 07 00000012 89abcdef')),
  joinSynBackup: segment(SYN, hex('11 07 00000000 00000001')),
  joinSynAck: segment(SYN_ACK, bytes(hex('11 08'), KEY, hex('000abcde'))),
  joinAck: segment(ACK, bytes(hex('10 00'), KEY, KEY, hex('11121314'))),
  joinWithoutSyn: segment(ACK, hex('10 07 00000012 89abcdef')),
  joinAnswerWithoutAck: segment(SYN, bytes(hex('11 08'), KEY, hex('000abcde'))),
  joinShort: segment(SYN, hex('10 07 0000')),
  dssAck: segment(ACK, hex('20 01 00000005')),
  dssLongAck: segment(ACK, bytes(hex('20 03'), KEY)),
  dssMapping: segment(ACK, hex('20 04 00000005 00000006 0007')),
  dssLongMapping: segment(ACK, bytes(hex('20 0c'), KEY_WITH_ZEROS, hex('00000006 0007 abcd'))),
  dssAll: segment(ACK, bytes(hex('20 1f'), KEY, KEY, hex('00000006 0007 0bcd'))),
  dssHuge: segment(ACK, bytes(hex('20 03'), hex('ffffffffffffffff'))),
  dssNothing: segment(ACK, hex('20 10')),
  dssInSyn: segment(SYN, hex('20 01 00000005')),
  dssShort: segment(ACK, hex('20')),
  dssAckShort: segment(ACK, hex('20 01 0000')),
  dssLongAckShort: segment(ACK, hex('20 03 00000005')),
  dssSequenceShort: segment(ACK, hex('20 04 0000')),
  dssLongSequenceShort: segment(ACK, hex('20 0c 00000005')),
  dssSubflowShort: segment(ACK, hex('20 04 00000005 0000')),
  dssLengthShort: segment(ACK, hex('20 04 00000005 00000006 00')),
  dssOdd: segment(ACK, hex('20 04 00000005 00000006 0007 01')),
  dssMore: segment(ACK, hex('20 01 00000005 01020304')),
  address: segment(ACK, bytes(hex('34 02'), ADDRESS)),
  addressPort: segment(ACK, bytes(hex('34 02'), ADDRESS, PORT)),
  addressHmac: segment(ACK, bytes(hex('30 02'), ADDRESS, KEY)),
  addressPortHmac: segment(ACK, bytes(hex('30 02'), ADDRESS, PORT, KEY_WITH_ZEROS)),
  addressEcho: segment(ACK, bytes(hex('31 02'), ADDRESS)),
  addressUnknown: segment(ACK, bytes(hex('3f 02'), ADDRESS)),
  address6: segment(ACK, bytes(hex('36 02'), ADDRESS6)),
  address6Port: segment(ACK, bytes(hex('36 02'), ADDRESS6, PORT)),
  address6Hmac: segment(ACK, bytes(hex('30 02'), ADDRESS6, KEY)),
  address6PortHmac: segment(ACK, bytes(hex('30 02'), ADDRESS6, PORT, KEY)),
  addressShort: segment(ACK, hex('34 02 c000')),
  addressOdd: segment(ACK, bytes(hex('34 02'), ADDRESS, hex('01020304'))),
  remove: segment(ACK, hex('40 01')),
  removeSeveral: segment(ACK, hex('40 01 02 ff')),
  removeShort: segment(ACK, hex('40')),
  priority: segment(ACK, hex('50')),
  priorityBackup: segment(ACK, hex('51 09')),
  priorityLong: segment(ACK, hex('51 09 01')),
  fail: segment(ACK, bytes(hex('60 00'), KEY)),
  failShort: segment(ACK, hex('60 00 01020304')),
  fastClose: segment(ACK, bytes(hex('70 00'), KEY_WITH_ZEROS)),
  fastCloseLong: segment(ACK, bytes(hex('70 00'), KEY, hex('00'))),
  reset: segment(ACK, hex('80 01')),
  unknown: segment(ACK, hex('f0 010203')),
  empty: segment(ACK, hex('')),
  tooLong: segment(ACK, hex('20 01 00000005'), 40),
});
