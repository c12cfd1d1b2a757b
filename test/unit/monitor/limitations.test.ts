import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { limitations } from '../../../src/monitor/describe.js';
import type { MonitorOptions } from '../../../src/monitor/options.js';
import { parsePortName } from '../../../src/monitor/port-name.js';

type Monitors = Pick<MonitorOptions, 'zeroCopy' | 'direction'>;

function of(ports: readonly string[], options: Partial<Monitors> = {}): string[] {
  return limitations(
    { direction: 'both', zeroCopy: false, ...options },
    ports.map((text) => ({ name: parsePortName(text), monitor: undefined })),
  );
}

describe('limitations', () => {
  it('has nothing to say of copy monitors of NIC rings', () => {
    assert.deepEqual(of(['em0', 'vale0:a', 'vale0:a{1', 'vale0:a}1']), []);
  });

  it('says that host rings stay silent', () => {
    for (const port of ['em0^', 'em0*', 'em0^0']) {
      assert.deepEqual(of([port]), [
        `${port}: netmap delivers no frames of host rings to monitors; 'em0' watches the NIC`,
      ]);
    }
  });

  it('says when the bytes of frames sent into a pipe are not theirs', () => {
    const zeroCopy = true;
    const said = ': frames sent into the pipe have other bytes';
    assert.deepEqual(of(['em0', 'vale0:a'], { zeroCopy }), []);
    assert.deepEqual(of(['vale0:a{1'], { zeroCopy, direction: 'rx' }), []);
    assert.deepEqual(of(['vale0:a{1'], { zeroCopy }), [
      `vale0:a{1${said} if the other end swaps buffers`,
    ]);
    assert.deepEqual(of(['em0{x', 'em0}x'], { zeroCopy, direction: 'tx' }), [
      `em0{x${said} with -z on 'em0}x' too`,
      `em0}x${said} with -z on 'em0{x' too`,
    ]);
  });
});
