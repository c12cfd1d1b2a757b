import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { nmcap } from '../support/nmcap.js';

const folder = temporaryFolder();
const PORTS = ['sim:vale0:a', 'sim:vale0:peer'];

describe('a whole switch, simulated', () => {
  it('prints the name of the port on each line', () => {
    const { stdout, status } = nmcap(['sim:vale0:', '-t', '-c', '40']);
    assert.equal(status, 0);
    const lines = stdout.trimEnd().split('\n');
    assert.equal(lines.length, 40);
    assert.match(lines[0] ?? '', /^sim:vale0:a Out ARP, Request who-has /);
    const names = new Set(lines.map((line) => line.split(' ')[0]));
    assert.deepEqual([...names].sort(), PORTS);
  });

  it('has the name of the port in JSON', () => {
    const { stdout } = nmcap(['sim:vale0:', '--json', '-c', '40']);
    const names = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { interface: string }).interface);
    assert.deepEqual([...new Set(names)].sort(), PORTS);
  });

  it('has what each port really carried in the statistics', () => {
    const out = path.join(folder, 'stats.json');
    const run = nmcap(['sim:vale0:', '-q', '-c', '100', '--stats-json', out, '-w', '/dev/null']);
    assert.equal(run.status, 0, run.stderr);
    const { interfaces } = JSON.parse(readFileSync(out, 'utf8')) as {
      interfaces: { name: string; rings: { in: Ring; out: Ring }[] }[];
    };
    assert.deepEqual(
      interfaces.map(({ name }) => name),
      PORTS,
    );
    const [here, there] = interfaces.map(({ rings }) => rings[0]);
    assert.ok(here && there);
    // What one sends the other receives; in the middle of a burst, one is looked at before the other.
    const isNear = (one: number, other: number) => Math.abs(one - other) <= 64;
    assert.ok(isNear(here.out.sent, there.in.sent), JSON.stringify({ here, there }));
    assert.ok(isNear(here.in.sent, there.out.sent), JSON.stringify({ here, there }));
    // Each port alone had nearly half of the packets.
    for (const { in: received, out } of [here, there]) {
      assert.ok(received.sent + out.sent >= 45, JSON.stringify({ here, there }));
      assert.ok(received.sent >= received.seen && out.sent >= out.seen);
    }
  });
});

interface Ring {
  readonly seen: number;
  readonly sent: number;
}
