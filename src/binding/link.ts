/** What the system knows of a network interface's hardware. */
export interface Link {
  /** Bytes, without the link-layer header. */
  mtu: number;
  /** Linux only. */
  driver?: string;
  /** Of one direction; not known while the link is down. */
  bitsPerSecond?: number;
  /** Those that are switched on, as ethtool -K (FreeBSD: ifconfig) spells them. */
  offloads: string[];
}
