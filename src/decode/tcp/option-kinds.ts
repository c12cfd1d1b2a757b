import { type Ascii, ascii } from '../../text/ascii.js';

export const Option = {
  EndOfList: 0,
  NoOperation: 1,
  MaximumSegmentSize: 2,
  WindowScale: 3,
  SackPermitted: 4,
  Sack: 5,
  Echo: 6,
  EchoReply: 7,
  Timestamp: 8,
  Cc: 11,
  CcNew: 12,
  CcEcho: 13,
  Signature: 19,
  Scps: 20,
  UserTimeout: 28,
  Authentication: 29,
  Multipath: 30,
  FastOpen: 34,
  Experiment2: 254,
} as const;

/** As tcpdump spells them (print-tcp.c). */
export const OPTION_NAMES: ReadonlyMap<number, Ascii> = new Map<number, Ascii>(
  (
    [
      [Option.EndOfList, 'eol'],
      [Option.NoOperation, 'nop'],
      [Option.MaximumSegmentSize, 'mss'],
      [Option.WindowScale, 'wscale'],
      [Option.SackPermitted, 'sackOK'],
      [Option.Sack, 'sack'],
      [Option.Echo, 'echo'],
      [Option.EchoReply, 'echoreply'],
      [Option.Timestamp, 'TS'],
      [Option.Cc, 'cc'],
      [Option.CcNew, 'ccnew'],
      [Option.CcEcho, ''],
      [Option.Signature, 'md5'],
      [Option.Scps, 'scps'],
      [Option.UserTimeout, 'uto'],
      [Option.Authentication, 'tcp-ao'],
      [Option.Multipath, 'mptcp'],
      [Option.FastOpen, 'tfo'],
      [Option.Experiment2, 'exp'],
    ] as const
  ).map(([option, name]) => [option, ascii(name)]),
);

/** The outcome of a single option. */
export const Outcome = {
  Done: 0,
  /** Its length does not fit its kind, or exceeds the header. */
  Bad: 1,
  /** Cut off by the snapshot length. */
  Truncated: 2,
} as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** The length that an option's kind requires; its own length if any will do. */
export function expectedLength(option: number, length: number): number {
  switch (option) {
    case Option.MaximumSegmentSize:
    case Option.Scps:
    case Option.UserTimeout:
      return 4;
    case Option.WindowScale:
      return 3;
    case Option.SackPermitted:
      return 2;
    case Option.Echo:
    case Option.EchoReply:
    case Option.Cc:
    case Option.CcNew:
    case Option.CcEcho:
      return 6;
    case Option.Timestamp:
      return 10;
    case Option.Signature:
      return 18;
    default:
      return length;
  }
}
