/** Which savefile to read, and which of its packets to select. */
export interface SavefileInput {
  readonly kind: 'savefile';
  /** `-` is standard input. */
  readonly path: string;
  /** pcap-filter(7) text. */
  readonly filter: string | undefined;
  /** Stop after that many packets; 0: no limit. */
  readonly packetLimit: number;
}
