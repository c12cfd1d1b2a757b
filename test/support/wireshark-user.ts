import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

import { newFolderIn } from './folder.js';
import { type Finished, NMCAP, nmcap } from './nmcap.js';
import { PATIENCE_MS } from './until.js';

/** Somebody with an empty home folder. */
export interface WiresharkUser {
  readonly environment: NodeJS.ProcessEnv;
  nmcap(...args: string[]): Finished;
  tshark(...args: string[]): Finished;
  startTshark(...args: string[]): ChildProcess;
  /** The processes that these programs have left running. */
  processes(): string[];
}

export function wiresharkUser(folder: string, name: string): WiresharkUser {
  const home = newFolderIn(folder, name);
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    // Where Wireshark makes its pipes, by which processes are found.
    TMPDIR: newFolderIn(home, 'tmp'),
  };
  for (const other of ['XDG_CONFIG_HOME', 'WIRESHARK_CONFIG_DIR']) {
    Reflect.deleteProperty(environment, other);
  }
  return {
    environment,
    nmcap: (...args) => nmcap(args, environment),
    tshark(...args) {
      const { status, stdout, stderr } = spawnSync('tshark', args, {
        encoding: 'utf8',
        timeout: PATIENCE_MS,
        env: environment,
      });
      return { status, stdout, stderr };
    },
    startTshark: (...args) => spawn('tshark', args, { env: environment, stdio: 'pipe' }),
    processes: () =>
      spawnSync('ps', ['-Aww', '-o', 'args='], { encoding: 'utf8' })
        .stdout.split('\n')
        .filter((line) => line.includes(home)),
  };
}

/** The same, with nmcap installed. */
export function userOfPlugIn(folder: string, name: string): WiresharkUser {
  const user = wiresharkUser(folder, name);
  const { status, stderr } = user.nmcap('extcap', 'install');
  if (status !== 0) throw new Error(`${NMCAP} extcap install: ${stderr}`);
  return user;
}
