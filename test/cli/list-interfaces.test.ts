import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';

import { nmcap } from '../support/nmcap.js';

const SIMULATED = `
NAME         KIND                  RINGS    SLOTS  MONITOR
sim:em0      simulated NIC         1        1024   yes
sim:em0{1    simulated pipe        1        1024   yes
sim:vale0:a  simulated VALE port   1        1024   yes
`;

/** The columns' widths depend on the system's ports. */
const rows = (table: string) =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(/ {2,}/));

describe('-D', () => {
  it('lists the simulated ports last', () => {
    const { status, stdout } = nmcap(['-D']);
    assert.equal(status, 0);
    const [head, ...simulated] = rows(SIMULATED);
    const [printedHead, ...printed] = rows(stdout);
    assert.deepEqual(printedHead, head);
    assert.deepEqual(printed.slice(-simulated.length), simulated);
  });

  it('reports that there is no netmap', { skip: existsSync('/dev/netmap') }, () => {
    const run = nmcap(['-nD']);
    assert.equal(run.status, 0);
    assert.equal(
      run.stderr,
      'nmcap: this system has no /dev/netmap: only simulated ports are listed\n',
    );
    // Nothing but these, and the columns are aligned.
    const lines = run.stdout.trimEnd().split('\n');
    assert.equal(lines.length, 4);
    const [head = ''] = lines;
    for (const line of lines) {
      for (const title of ['KIND', 'RINGS', 'SLOTS', 'MONITOR']) {
        assert.match(line.slice(head.indexOf(title) - 2), /^ {2}\S/);
      }
    }
  });

  it('lists ports that can be watched', () => {
    const { stdout } = nmcap(['--list-interfaces', '--json']);
    const ports = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { name: string; simulated: boolean; monitor: boolean })
      .filter(({ simulated }) => simulated);
    assert.equal(ports.length, 3);
    for (const { name, monitor } of ports) {
      assert.equal(monitor, true);
      const run = nmcap([name, '-c', '1']);
      assert.equal(run.status, 0, run.stderr);
    }
  });

  for (const others of [['em0'], ['-v'], ['-i', 'em0'], ['--dump-filter'], ['-w', 'x.pcap']]) {
    it(`refuses: nmcap -D ${others.join(' ')}`, () => {
      const run = nmcap(['-D', ...others]);
      assert.equal(run.status, 2);
      assert.equal(
        run.stderr,
        `nmcap: -D lists all ports: '${others[0] ?? ''}' cannot be combined with it\n` +
          "nmcap: 'nmcap -D' prints a table, 'nmcap -D --json' an object for each port\n",
      );
    });
  }
});
