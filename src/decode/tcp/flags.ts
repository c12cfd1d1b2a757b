/** Control bits (RFC 9293, 3.1). */
export const TcpFlag = {
  Fin: 0x01,
  Syn: 0x02,
  Rst: 0x04,
  Psh: 0x08,
  Ack: 0x10,
  Urg: 0x20,
  Ece: 0x40,
  Cwr: 0x80,
  /** Accurate ECN (RFC 9768, 3.1); formerly the nonce sum of RFC 3540. */
  Ae: 0x100,
} as const;
