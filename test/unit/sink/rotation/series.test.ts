import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { NmcapError } from '../../../../src/errors.js';
import { Completion } from '../../../../src/sink/rotation/completion.js';
import type { RotationOptions } from '../../../../src/sink/rotation/options.js';
import { FileSeries, type OpenedFile } from '../../../../src/sink/rotation/series.js';
import { PRIVATE_MODE } from '../../../../src/sink/safe-open.js';
import { temporaryFolder } from '../../../support/folder.js';

const folder = temporaryFolder();
const START = new Date(2026, 10, 22, 21, 30, 0).getTime() * 1000;
const SECOND = 1_000_000;

const NOTHING: RotationOptions = {
  size: undefined,
  period: undefined,
  keep: undefined,
  fileLimit: undefined,
};

function newFolder(name: string): string {
  const made = path.join(folder, name);
  fs.mkdirSync(made);
  return made;
}

function series(template: string, options: Partial<RotationOptions>): FileSeries {
  return new FileSeries(
    template,
    { ...NOTHING, ...options },
    PRIVATE_MODE,
    new Completion(undefined),
  );
}

function openAndClose(files: FileSeries, time: number): OpenedFile {
  const file = files.open(time);
  files.removeOld();
  fs.closeSync(file.descriptor);
  return file;
}

describe('a series of files', () => {
  it('never overwrites what is there', () => {
    const here = newFolder('taken');
    fs.writeFileSync(path.join(here, 'a_00001_20261122213000.pcapng'), 'mine');
    fs.writeFileSync(path.join(here, 'b-21.pcapng'), 'mine');
    fs.symlinkSync('/nowhere', path.join(here, 'b-21_00001.pcapng'));
    openAndClose(series(path.join(here, 'a.pcapng'), {}), START);
    openAndClose(series(path.join(here, 'b-%H.pcapng'), {}), START);
    assert.deepEqual(fs.readdirSync(here).sort(), [
      'a_00001_20261122213000.pcapng',
      'a_00002_20261122213000.pcapng',
      'b-21.pcapng',
      'b-21_00001.pcapng',
      'b-21_00002.pcapng',
    ]);
    assert.equal(fs.readFileSync(path.join(here, 'b-21.pcapng'), 'utf8'), 'mine');
  });

  it('keeps the newest files, and removes none that is not its own', () => {
    const here = newFolder('keep');
    const files = series(path.join(here, 'a-%M%S.pcap'), { keep: 2 });
    const [first, second] = [0, 1].map((second) => openAndClose(files, START + second * SECOND));
    // Somebody has taken the second away, and put another in its place.
    fs.renameSync(second?.path ?? '', path.join(here, 'away'));
    fs.writeFileSync(second?.path ?? '', 'mine');
    for (let i = 2; i < 5; i++) openAndClose(files, START + i * SECOND);
    assert.equal(fs.existsSync(first?.path ?? ''), false);
    assert.deepEqual(fs.readdirSync(here).sort(), [
      'a-3001.pcap',
      'a-3003.pcap',
      'a-3004.pcap',
      'away',
    ]);
  });

  it('begins each period where the last one ended, and skips those that have passed', () => {
    const here = newFolder('periods');
    const period = { seconds: 60, aligned: false };
    const files = series(path.join(here, 'a-%H%M%S.pcap'), { period });
    const names = [0, 60, 61, 120, 3605]
      .map((seconds) => openAndClose(files, START + seconds * SECOND))
      .map(({ path: name, endsAt = 0 }) => [path.basename(name), (endsAt - START) / SECOND]);
    assert.deepEqual(names, [
      ['a-213000.pcap', 60],
      ['a-213100.pcap', 120],
      ['a-213101.pcap', 120],
      ['a-213200.pcap', 180],
      ['a-223000.pcap', 3660],
    ]);
  });

  it('stays in its period where the clock is set back', () => {
    const files = series(path.join(newFolder('back'), 'a'), {
      period: { seconds: 60, aligned: false },
    });
    openAndClose(files, START);
    assert.equal(openAndClose(files, START - 3600 * SECOND).endsAt, START + 60 * SECOND);
  });

  it('is over with its last file', () => {
    const files = series(path.join(newFolder('limit'), 'a'), { fileLimit: 2 });
    openAndClose(files, START);
    assert.equal(files.isOver, false);
    openAndClose(files, START);
    assert.equal(files.isOver, true);
  });

  it('explains why a file cannot be made', () => {
    assert.throws(
      () => series(path.join(folder, 'missing/a'), {}).open(START),
      (error) => error instanceof NmcapError && error.code === 'NM_OUTPUT',
    );
  });
});
