import type { Names } from '../names.js';

export const Type = {
  EchoReply: 0,
  Unreachable: 3,
  SourceQuench: 4,
  Redirect: 5,
  Echo: 8,
  RouterAdvertisement: 9,
  TimeExceeded: 11,
  ParameterProblem: 12,
  Timestamp: 13,
  TimestampReply: 14,
  InformationRequest: 15,
  InformationReply: 16,
  MaskRequest: 17,
  MaskReply: 18,
} as const;

/** Types of which only the name is printed. */
export const TYPE_NAMES: Names = new Map<number, string>([
  [Type.SourceQuench, 'source quench'],
  [10, 'router solicitation'],
  [Type.InformationRequest, 'information request'],
  [Type.InformationReply, 'information reply'],
  [Type.MaskRequest, 'address mask request'],
]);

/** Codes of Type.Unreachable. */
export const Unreachable = { Protocol: 2, Port: 3, NeedToFragment: 4 } as const;
