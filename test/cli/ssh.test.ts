import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { after, describe, it } from 'node:test';

import { newFolderIn, temporaryFolder } from '../support/folder.js';
import { shell, tsharkFields, watch } from '../support/nmcap.js';
import { startSshd } from '../support/sshd.js';
import { until } from '../support/until.js';
import { wiresharkUser } from '../support/wireshark-user.js';

const folder = temporaryFolder();
const machine = await startSshd(newFolderIn(folder, 'sshd'));
after(() => machine.stop());

/** Runs a line of shell whose ssh knows the machine `fw`. */
const overSsh = (line: string) =>
  shell(`ssh() { command ssh -F '${machine.config}' "$@"; }; ${line}`);

/** The processes whose command lines have that word. */
function processesOf(word: string): string[] {
  return spawnSync('ps', ['-Aww', '-o', 'args='], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(word));
}

async function assertNothingRuns(word: string): Promise<void> {
  await until(
    () => processesOf(word).length === 0,
    () => processesOf(word).join('\n'),
  );
}

describe('ssh fw nmcap ... -w - |', { timeout: 240_000 }, () => {
  it('brings packets to the reader, and ends with it', async () => {
    const { status, stdout, stderr } = overSsh(
      'ssh fw nmcap sim:ssh0 -w - | tshark -i - -c 20 -T fields -e frame.interface_name',
    );
    assert.equal(status, 0, stderr);
    assert.equal(stdout, 'sim:ssh0\n'.repeat(20));
    await assertNothingRuns('sim:ssh0');
  });

  it('ends with the reader though no packet comes', async () => {
    // ssh finds out that its reader has gone when the next bytes come.
    const { stdout, stderr } = overSsh(
      "ssh fw nmcap sim:ssh1 -w - ether proto 0x1234 | head -c 28 | wc -c; echo 'both have ended'",
    );
    assert.match(stdout, /^ *28\nboth have ended\n$/, stderr);
    await assertNothingRuns('sim:ssh1');
  });

  it('stays readable while no packet comes', async () => {
    const file = path.join(folder, 'quiet.pcapng');
    const { status, stderr } = overSsh(
      `ssh fw nmcap sim:ssh2 --duration 7 -w - ether proto 0x1234 | cat > '${file}' && tshark -nr '${file}' && tcpdump -nr '${file}' && nmcap -r '${file}'`,
    );
    assert.equal(status, 0, stderr);
    // A name resolution block without names: type, length, the end of the list, length.
    const types = shell(`od -An -v -tx4 '${file}'`).stdout;
    assert.match(types, /00000004\s+00000010\s+00000000\s+00000010/);
    await assertNothingRuns('sim:ssh2');
  });
});

describe("Wireshark's sshdump", { timeout: 240_000 }, () => {
  const user = wiresharkUser(folder, 'desk');
  const options = (command: string) => [
    ...['-i', 'sshdump'],
    ...[
      'remotehost:127.0.0.1',
      `remoteport:${machine.port}`,
      `remoteusername:${machine.user}`,
      `sshkey:${machine.key}`,
      'remotecapturecommandselect:other',
      `remotecapturecommand:${command}`,
    ].flatMap((choice) => ['-o', `extcap.sshdump.${choice}`]),
  ];

  it('captures with nmcap as its remote command, and ends it', async () => {
    const file = path.join(folder, 'sshdump.pcapng');
    const run = user.tshark(...options('nmcap sim:dump0 -w -'), '-c', '50', '-w', file);
    assert.equal(run.status, 0, run.stderr);
    const rows = tsharkFields(file, 'frame.interface_name', 'frame.packet_flags_direction');
    assert.equal(rows.length, 50);
    assert.deepEqual([...new Set(rows.map(([name]) => name))], ['sim:dump0']);
    assert.equal(new Set(rows.map(([, direction]) => direction)).size, 2);
    await assertNothingRuns('sim:dump0');
  });

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`leaves nothing running when ${signal} ends the reader`, async () => {
      const port = `sim:${signal}`;
      const tshark = watch(user.startTshark(...options(`nmcap ${port} -w -`), '-l'));
      await until(() => tshark.stdout().includes('ICMP'), tshark.stderr);
      tshark.process.kill(signal);
      await tshark.ended();
      await assertNothingRuns(port);
    });
  }
});
