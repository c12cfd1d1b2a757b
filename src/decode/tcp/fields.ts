import { Layer } from '../field.js';

const tcp = new Layer('tcp');
const tcpFlags = tcp.group('flags');
export const TcpFields = {
  layer: tcp,
  sourcePort: tcp.number('srcport'),
  destinationPort: tcp.number('dstport'),
  /** Bytes of data. */
  length: tcp.number('len'),
  sequence: tcp.number('seq_raw'),
  acknowledgement: tcp.number('ack_raw'),
  headerLength: tcp.number('hdr_len'),
  flags: [
    [0x80, tcpFlags.boolean('cwr')],
    [0x40, tcpFlags.boolean('ece')],
    [0x20, tcpFlags.boolean('urg')],
    [0x10, tcpFlags.boolean('ack')],
    [0x08, tcpFlags.boolean('push')],
    [0x04, tcpFlags.boolean('reset')],
    [0x02, tcpFlags.boolean('syn')],
    [0x01, tcpFlags.boolean('fin')],
  ],
  window: tcp.number('window_size_value'),
  urgentPointer: tcp.number('urgent_pointer'),
} as const;
