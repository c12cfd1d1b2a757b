import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import { NMCAP, watch } from './nmcap.js';
import { until } from './until.js';

/** Where sshd's unprivileged child is locked in; at boot Debian makes it. */
const EMPTY_FOLDER = '/run/sshd';

/** A machine that runs nmcap and sshd: this one, on the loopback interface. */
export interface Machine {
  readonly port: number;
  readonly user: string;
  readonly key: string;
  /** For `ssh -F`: the machine is called fw in it. */
  readonly config: string;
  stop(): Promise<void>;
}

/** Starts a server with a key and a configuration of its own in a folder. */
export async function startSshd(folder: string): Promise<Machine> {
  if (process.getuid?.() === 0 && !existsSync(EMPTY_FOLDER)) mkdirSync(EMPTY_FOLDER);
  chmodSync(folder, 0o700);
  const place = (name: string) => path.join(folder, name);
  for (const name of ['host', 'key']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', place(name)]);
  }
  copyFileSync(place('key.pub'), place('authorized'));
  const port = await freePort();
  const user = os.userInfo().username;
  writeFileSync(
    place('sshd_config'),
    lines(
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${place('host')}`,
      `AuthorizedKeysFile ${place('authorized')}`,
      'PidFile none',
      'UsePAM no',
      'StrictModes no',
      'PasswordAuthentication no',
      'KbdInteractiveAuthentication no',
      `SetEnv PATH=${path.dirname(NMCAP)}:${process.env['PATH'] ?? ''}`,
    ),
  );
  writeFileSync(
    place('ssh_config'),
    lines(
      'Host fw',
      'HostName 127.0.0.1',
      `Port ${port}`,
      `User ${user}`,
      `IdentityFile ${place('key')}`,
      'IdentitiesOnly yes',
      'BatchMode yes',
      'StrictHostKeyChecking no',
      'UserKnownHostsFile /dev/null',
      'LogLevel ERROR',
    ),
  );
  const server = watch(start(place('sshd_config')));
  await until(() => server.stderr().includes('listening'), server.stderr);
  return {
    port,
    user,
    key: place('key'),
    config: place('ssh_config'),
    async stop() {
      server.process.kill('SIGTERM');
      await server.ended();
    },
  };
}

/** sshd wants to be run by its full name, as it starts itself anew for each connection. */
function start(config: string): ChildProcess {
  return spawn('/usr/sbin/sshd', ['-D', '-e', '-f', config], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  assert.ok(port > 0);
  return port;
}

function lines(...texts: string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
