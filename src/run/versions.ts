import { readFileSync } from 'node:fs';

import { versions } from '../index.js';

/** Of the module that Linux has loaded, under the first of these names that it has. */
const MODULE_FACTS = ['version', 'srcversion'];

/** A line for nmcap and each of what it stands on. */
export function versionLines(): string {
  const { nmcap, netmapApi, libpcap } = versions();
  // "libpcap version 1.10.3 (with TPACKET_V3)": of what captures elsewhere, too.
  const [pcap = 'libpcap'] = /^.*?version \S+/.exec(libpcap) ?? [];
  return [
    `nmcap ${nmcap}`,
    `netmap API ${netmapApi}${moduleVersion()}`,
    pcap.replace(' version', ''),
    `Node.js ${process.versions.node}`,
    '',
  ].join('\n');
}

/** Empty where it is not known: netmap need not be a module, and FreeBSD numbers its interface alone. */
function moduleVersion(): string {
  for (const fact of MODULE_FACTS) {
    try {
      const text = readFileSync(`/sys/module/netmap/${fact}`, 'latin1').trim();
      if (text !== '') return ` (kernel module: ${fact} ${text})`;
    } catch {
      // Not loaded, built into the kernel, or not Linux.
    }
  }
  return '';
}
