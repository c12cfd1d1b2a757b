import { binding } from '../binding.js';
import { VERSION } from '../version.js';

/** The versions of nmcap and of what it stands on. */
export interface Versions {
  /** That of package.json, such as `0.1.0`. */
  readonly nmcap: string;
  /** Of the requests that nmcap makes of the kernel: `NETMAP_API` of net/netmap.h. */
  readonly netmapApi: number;
  /** As libpcap has it, such as `libpcap version 1.10.3 (with TPACKET_V3)`. */
  readonly libpcap: string;
}

/** @throws NmcapError NM_NATIVE_MISSING */
export function versions(): Versions {
  const { netmapApiVersion, libpcapVersion } = binding();
  return { nmcap: VERSION, netmapApi: netmapApiVersion, libpcap: libpcapVersion };
}
