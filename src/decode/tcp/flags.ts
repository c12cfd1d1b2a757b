/** Control bits (RFC 9293, 3.1). */
export const TcpFlag = { Fin: 0x01, Syn: 0x02, Rst: 0x04, Ack: 0x10, Urg: 0x20 } as const;
