/**
 * Codes of ASCII characters, to be written and compared with. V8 does not fold what is imported: code
 * that runs for every packet or character keeps copies of those it uses.
 */
export const Char = {
  Tab: 0x09,
  LineFeed: 0x0a,
  CarriageReturn: 0x0d,
  Space: 0x20,
  Exclamation: 0x21,
  Quote: 0x22,
  Dollar: 0x24,
  Percent: 0x25,
  LeftParenthesis: 0x28,
  RightParenthesis: 0x29,
  Asterisk: 0x2a,
  Plus: 0x2b,
  Comma: 0x2c,
  Minus: 0x2d,
  Dot: 0x2e,
  Slash: 0x2f,
  Zero: 0x30,
  One: 0x31,
  Nine: 0x39,
  Colon: 0x3a,
  Greater: 0x3e,
  Question: 0x3f,
  At: 0x40,
  E: 0x45,
  M: 0x4d,
  N: 0x4e,
  O: 0x4f,
  S: 0x53,
  Y: 0x59,
  Z: 0x5a,
  LeftBracket: 0x5b,
  Backslash: 0x5c,
  RightBracket: 0x5d,
  Caret: 0x5e,
  LowerA: 0x61,
  LowerS: 0x73,
  LowerU: 0x75,
  LowerV: 0x76,
  LowerZ: 0x7a,
  LeftBrace: 0x7b,
  Bar: 0x7c,
  RightBrace: 0x7d,
  Tilde: 0x7e,
  Delete: 0x7f,
} as const;

/** Whether the code is that of a printable ASCII character, or of the space. */
export function isPrintable(code: number): boolean {
  return code >= Char.Space && code <= Char.Tilde;
}
