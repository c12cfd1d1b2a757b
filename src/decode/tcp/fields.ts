import { Layer } from '../field.js';
import { TcpFlag } from './flags.js';

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
    [TcpFlag.Ae, tcpFlags.boolean('ae')],
    [TcpFlag.Cwr, tcpFlags.boolean('cwr')],
    [TcpFlag.Ece, tcpFlags.boolean('ece')],
    [TcpFlag.Urg, tcpFlags.boolean('urg')],
    [TcpFlag.Ack, tcpFlags.boolean('ack')],
    [TcpFlag.Psh, tcpFlags.boolean('push')],
    [TcpFlag.Rst, tcpFlags.boolean('reset')],
    [TcpFlag.Syn, tcpFlags.boolean('syn')],
    [TcpFlag.Fin, tcpFlags.boolean('fin')],
  ],
  window: tcp.number('window_size_value'),
  urgentPointer: tcp.number('urgent_pointer'),
} as const;
