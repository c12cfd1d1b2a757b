import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import type { CompletionOptions } from '../../../src/cli/file-options.js';
import {
  type CompletionTools,
  fileHandler,
  fileJson,
  fileLine,
} from '../../../src/run/finished-files.js';
import { Completion } from '../../../src/sink/rotation/completion.js';
import { temporaryFolder } from '../../support/folder.js';

const folder = temporaryFolder();

/** What a completion prints and reports. */
function recorder(options: Partial<CompletionOptions> = {}) {
  const printed: string[] = [];
  const reported: string[] = [];
  const tools: CompletionTools = {
    print: (text) => {
      printed.push(text);
      return Promise.resolve();
    },
    run: (program) => program(),
    report: (message) => reported.push(message),
  };
  const all = { command: undefined, list: undefined, ...options };
  return { printed, reported, completion: new Completion(fileHandler(all, tools)) };
}

describe('complete files', () => {
  const done = { packets: 3, bytes: 4096, first: 1_700_000_000_123_456, last: undefined };
  const script = path.join(folder, 'command');
  const log = path.join(folder, 'log');
  fs.writeFileSync(
    script,
    `#!/bin/sh\necho "begin $1" >> '${log}'\nsleep 0.05\necho "end $1" >> '${log}'\n` +
      `case $1 in *bad) exit 3;; *killed) kill -KILL $$;; esac\n`,
    { mode: 0o755 },
  );

  it('have a line each, whatever their names are', () => {
    assert.equal(
      fileLine({ ...done, path: 'a b\n.pcap' }),
      'a b\\n.pcap\t3\t4096\t2023-11-14T22:13:20.123456Z\t-\n',
    );
    assert.deepEqual(JSON.parse(fileJson({ ...done, path: 'a b\n.pcap' })), {
      file: 'a b\n.pcap',
      packets: 3,
      bytes: 4096,
      first: '2023-11-14T22:13:20.123456Z',
    });
  });

  it('are given to a command one after the other, without a shell', async () => {
    const { completion, reported } = recorder({ command: script });
    for (const name of ['one', '$(two) "x"', 'bad', 'killed', 'last']) {
      completion.add({ ...done, path: name });
    }
    await completion.end();
    assert.deepEqual(
      fs.readFileSync(log, 'utf8').trim().split('\n'),
      ['one', '$(two) "x"', 'bad', 'killed', 'last'].flatMap((name) => [
        `begin ${name}`,
        `end ${name}`,
      ]),
    );
    assert.deepEqual(reported, [
      `${script} bad: exited with status 3`,
      `${script} killed: ended by SIGKILL`,
    ]);
  });

  it('are reported where the command cannot be run', async () => {
    const { completion, reported } = recorder({ command: '/nowhere/command' });
    completion.add({ ...done, path: 'one' });
    await completion.end();
    assert.equal(reported.length, 1);
    assert.match(reported[0] ?? '', /^\/nowhere\/command one: /);
  });

  it('are not given to the command once they are removed', async () => {
    const { completion, reported } = recorder({ command: script });
    completion.add({ ...done, path: 'slow' });
    completion.add({ ...done, path: 'gone' });
    completion.removed('gone');
    await completion.end();
    assert.doesNotMatch(fs.readFileSync(log, 'utf8'), /gone/);
    assert.equal(reported.length, 1);
  });
});
