/** Whether Wireshark and tshark list nmcap's ports. */
import path from 'node:path';

import { type Finding, skipped, type Subject } from '../check.js';

export function checkExtcap({ world }: Subject): Finding {
  const places = world.extcapFolders().map((folder) => path.join(folder, 'nmcap'));
  const installed = places.find((place) => world.exists(place));
  if (installed !== undefined) {
    return { status: 'ok', text: `Wireshark finds ${installed}`, facts: { extcap: installed } };
  }
  const hasWireshark = ['wireshark', 'tshark'].some(
    (program) => world.findProgram(program) !== undefined,
  );
  if (!hasWireshark) return skipped('there is no Wireshark on this machine');
  return {
    status: 'warning',
    text: "Wireshark does not list nmcap's ports",
    fix: ['nmcap extcap install'],
  };
}
