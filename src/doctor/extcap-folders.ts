import os from 'node:os';
import path from 'node:path';

/** Where Wireshark looks for a user's own extcap programs: 4.2 and newer, and older ones. */
export function extcapFolders(): string[] {
  const home = os.homedir();
  return [
    path.join(home, '.local/lib/wireshark/extcap'),
    path.join(home, '.config/wireshark/extcap'),
  ];
}
