import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import {
  type CompletingShell,
  type InteractiveShell,
  openShell,
} from '../support/interactive-shell.js';
import { nmcap } from '../support/nmcap.js';
import { shownOptions } from '../support/program-options.js';

const folder = temporaryFolder();

/** How a user loads the completions. */
const LOAD: Record<InteractiveShell, string> = {
  bash: 'source <(nmcap completion bash)',
  zsh: 'source <(nmcap completion zsh)',
  fish: 'nmcap completion fish | source',
};
const SHELLS = Object.keys(LOAD) as InteractiveShell[];

/** Ports that every machine has. */
const PORTS = ['sim:em0', 'sim:em0{1', 'sim:vale0:a'];

/** A line, and the candidates for its last word. */
const CASES: [line: string, candidates: string[]][] = [
  ['nmcap --st', ['--stats', '--stats-json']],
  [
    'nmcap sim:em0 --fi',
    ['--fields', '--file-count', '--file-seconds', '--file-size', '--filter-file'],
  ],
  ['nmcap sim:em0 --direction ', ['both', 'rx', 'tx']],
  ['nmcap sim:em0 -Q i', ['in', 'inout']],
  ['nmcap sim:em0 --format pcapn', ['pcapng']],
  ['nmcap sim:em0 --color ', ['always', 'auto', 'never']],
  ['nmcap sim:em0 -a f', ['files:', 'filesize:']],
  ['nmcap -i sim:v', ['sim:vale0:a']],
  ['nmcap sim:v', ['sim:vale0:a']],
  ['nmcap -c 3 sim:v', ['sim:vale0:a']],
  ['nmcap -i sim:em0 sim:v', []],
  ['nmcap compl', ['completion']],
  ['nmcap completion ', ['bash', 'fish', 'zsh']],
  ['nmcap -r pack', ['packets.pcap', 'packets.pcapng']],
  ['nmcap -r packets.pcapn', ['packets.pcapng']],
  ['nmcap sim:em0 -Z roo', ['root']],
  ['nmcap sim:em0 --on-rotate mkfif', ['mkfifo']],
  ['nmcap sim:em0 --fields tcp.po', ['tcp.port']],
  ['nmcap sim:em0 --fields time,ip.add', ['time,ip.addr']],
  ['nmcap sim:em0 -c ', []],
];

before(() => {
  for (const name of ['packets.pcap', 'packets.pcapng', 'other']) {
    writeFileSync(path.join(folder, name), '');
  }
});

for (const name of SHELLS) {
  describe(`completion in ${name}`, () => {
    let shell: CompletingShell;
    before(async () => {
      shell = await openShell(name, LOAD[name], folder);
    });
    after(() => shell.close());

    for (const [line, candidates] of CASES) {
      it(`${line}: ${candidates.join(' ')}`, async () => {
        assert.deepEqual(await candidatesIn(shell, line), candidates);
      });
    }

    it('has the ports of -D for the first word', async () => {
      const listed = nmcap(['-D']).stdout.split('\n').slice(1, -1);
      const names = listed.map((row) => row.split(' ')[0] ?? '');
      for (const port of PORTS) assert.ok(names.includes(port));
      const found = await candidatesIn(shell, 'nmcap ');
      assert.deepEqual(found, [...names, 'completion', 'version'].toSorted());
    });

    it('has every option', async () => {
      const found = new Set<string>();
      for (const line of ['nmcap -', 'nmcap --']) {
        for (const candidate of await candidatesIn(shell, line)) found.add(candidate);
      }
      assert.deepEqual([...found].toSorted(), shownOptions());
    });
  });
}

describe('completion', () => {
  for (const name of ['bash', 'zsh'] as const) {
    it(`goes on after the beginning of a value, in ${name}`, async () => {
      const shell = await openShell(name, LOAD[name], folder);
      const words = await shell.completed('nmcap sim:em0 -a dur', '5');
      assert.deepEqual(words, ['nmcap', 'sim:em0', '-a', 'duration:5']);
      await shell.close();
    });
  }

  it('is a file in a folder that zsh and fish look in', async () => {
    writeFileSync(path.join(folder, '_nmcap'), nmcap(['completion', 'zsh']).stdout);
    const load = `fpath=('${folder}' $fpath); compinit -u -D`;
    const shell = await openShell('zsh', load, folder);
    assert.deepEqual(await candidatesIn(shell, 'nmcap --st'), ['--stats', '--stats-json']);
    await shell.close();
    writeFileSync(path.join(folder, 'nmcap.fish'), nmcap(['completion', 'fish']).stdout);
    const fish = await openShell('fish', `set -p fish_complete_path '${folder}'`, folder);
    assert.deepEqual(await candidatesIn(fish, 'nmcap --st'), ['--stats', '--stats-json']);
  });

  it('has scripts for these shells alone', () => {
    for (const words of [[], ['tcsh'], ['constructor'], ['bash', 'zsh'], ['--help']]) {
      const run = nmcap(['completion', ...words]);
      assert.equal(run.status, 2);
      assert.match(run.stderr, /needs the name of a shell: bash, zsh or fish\n.*-i completion/);
    }
  });
});

/** What the shell offers for the last word of a line, sorted. */
async function candidatesIn(shell: CompletingShell, line: string): Promise<string[]> {
  const words = await shell.completed(line);
  const typed = line.split(' ');
  const inserted = words.slice(typed.length - 1);
  const isUnchanged = inserted.join() === typed.at(-1);
  return isUnchanged ? [] : inserted.toSorted();
}
