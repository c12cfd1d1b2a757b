/** Which savefile to read, and which of its packets to take. */
export interface SavefileInput {
  readonly kind: 'savefile';
  /** `-` is standard input. */
  readonly path: string;
  /** pcap-filter(7) text. */
  readonly filter: string | undefined;
  /** End after that many packets; 0: no limit. */
  readonly packetLimit: number;
}
