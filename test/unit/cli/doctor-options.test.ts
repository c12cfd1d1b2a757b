import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import type { DoctorOptions } from '../../../src/cli/options.js';
import { parseCommandLine } from '../../../src/cli/parse.js';
import { NmcapError } from '../../../src/errors.js';

async function parse(line: string, isTerminal = false): Promise<DoctorOptions> {
  const options = await parseCommandLine(line.split(' '), isTerminal);
  assert.equal(options.task, 'doctor');
  return options;
}

describe('nmcap doctor', () => {
  it('examines the system, or a port', async () => {
    assert.deepEqual(await parse('doctor'), {
      task: 'doctor',
      port: undefined,
      write: undefined,
      json: false,
      colour: false,
    });
    assert.equal((await parse('doctor vale0:a')).port?.kernelName, 'vale0:a');
    assert.equal((await parse('doctor -i sim:em0')).port?.device, 'simulated');
  });

  it('takes the options that matter', async () => {
    const { json, write, colour } = await parse('doctor em0 -n --json -w a/b --color always');
    assert.deepEqual([json, write, colour], [true, 'a/b', true]);
    assert.equal((await parse('doctor', true)).colour, !('NO_COLOR' in process.env));
  });

  for (const line of ['doctor em0 em1', 'doctor em0 -z', 'doctor -w -', 'doctor -i em0 -i em1']) {
    it(`refuses ${line}`, async () => {
      await assert.rejects(parse(line), (error) => {
        assert.ok(error instanceof NmcapError && error.code === 'NM_USAGE');
        assert.match(error.message, /^'nmcap doctor' examines the system, or one port: '/);
        return true;
      });
    });
  }

  it('refuses a bad name', async () => {
    await assert.rejects(parse('doctor em0^x'), /bad port name/);
  });

  it('is a port where -i names it', async () => {
    const options = await parseCommandLine(['-i', 'doctor'], false);
    assert.equal(options.task, 'capture');
  });

  it('prints the help', async () => {
    const options = await parseCommandLine(['doctor', '--help'], false);
    assert.ok(options.task === 'print-text' && options.text.includes('nmcap doctor [PORT]'));
  });
});
