import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { NmcapError } from '../../src/errors.js';
import { FileOutput, outputError } from '../../src/output.js';
import { openOutputs } from '../../src/sink/open-outputs.js';
import { PRIVATE_MODE } from '../../src/sink/safe-open.js';
import { temporaryFolder } from '../support/folder.js';

const folder = temporaryFolder();
const { signal } = new AbortController();

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: what libuv says, write`), { code });
}

describe('outputs', () => {
  it('reports what close(2) says as an error of that output', async () => {
    const descriptor = openSync(path.join(folder, 'closed'), 'w');
    const output = new FileOutput('closed', descriptor);
    closeSync(descriptor);
    await assert.rejects(
      () => output.close(),
      (error) =>
        error instanceof NmcapError &&
        error.code === 'NM_OUTPUT' &&
        error.message === 'cannot write closed: bad file descriptor',
    );
  });

  it('names a full disk and a used-up quota', () => {
    for (const [code, reason] of [
      ['ENOSPC', 'the disk is full'],
      ['EDQUOT', 'the disk quota is used up'],
    ] as const) {
      const error = outputError('out.pcapng', systemError(code));
      assert.equal(error.code, 'NM_DISK_FULL');
      assert.equal(error.message, `out.pcapng: ${reason}`);
    }
  });

  it('leave an old file as it was until the first write', async () => {
    const old = path.join(folder, 'old');
    writeFileSync(old, 'old content');
    const [unused] = await openOutputs([{ path: old, mode: PRIVATE_MODE }], signal);
    await unused?.close();
    assert.equal(readFileSync(old, 'utf8'), 'old content');
    const [used] = await openOutputs([{ path: old, mode: PRIVATE_MODE }], signal);
    await used?.write(Buffer.from('new'));
    await used?.write(Buffer.from(' file'));
    await used?.close();
    assert.equal(readFileSync(old, 'utf8'), 'new file');
  });
});
