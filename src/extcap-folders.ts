import { spawnSync } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';

const NAME = 'extcap';
/** tshark looks for plug-ins of its own before it answers. */
const PATIENCE_MS = 10_000;

/**
 * The folders in which this user's Wireshark looks for extcap plug-ins. tshark knows its own; without
 * it there are those of all versions, as each looks into one of them only.
 */
export function extcapFolders(): string[] {
  const answer = spawnSync('tshark', ['-G', 'folders'], {
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const known = answer.status === 0 ? folderAmong(answer.stdout) : undefined;
  return known === undefined ? customaryFolders() : [known];
}

/** `listing`: what `tshark -G folders` prints, a name, a tab and a folder a line. */
function folderAmong(listing: string): string | undefined {
  const folders = new Map(
    [...listing.matchAll(/^(.*?):\s*\t\s*(\/.*)$/gm)].map(([, name = '', folder = '']) => [
      name.toLowerCase(),
      folder,
    ]),
  );
  // Since 4.2; before, it was below the configuration.
  const personal = folders.get('personal extcap path');
  const configuration = folders.get('personal configuration');
  return personal ?? (configuration && path.join(configuration, NAME));
}

/** Wireshark 4.2 and newer; older ones, by the XDG Base Directory Specification. */
function customaryFolders(): string[] {
  const home = os.homedir();
  const { XDG_CONFIG_HOME } = process.env;
  // The specification has relative paths ignored.
  const configuration =
    XDG_CONFIG_HOME !== undefined && path.isAbsolute(XDG_CONFIG_HOME)
      ? XDG_CONFIG_HOME
      : path.join(home, '.config');
  return [
    path.join(home, '.local/lib/wireshark', NAME),
    path.join(configuration, 'wireshark', NAME),
  ];
}
