import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  createReadStream,
  createWriteStream,
  openSync,
  readFileSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { CONTROL } from '../../src/extcap/control-message.js';
import { openToolbar, type Toolbar } from '../support/control-pipes.js';
import { temporaryFolder } from '../support/folder.js';
import { APPLICATION_LEFT, type Running, startNmcap, tsharkFields } from '../support/nmcap.js';
import { makePipe, readAvailable } from '../support/pipe.js';
import { until } from '../support/until.js';

const folder = temporaryFolder();
let pipes = 0;
const newPipe = () => path.join(folder, `fifo${++pipes}`);

/** Longer than nmcap takes to notice that a reader has gone (LOOK_MS), on a loaded machine too. */
const SOON_MS = 2000;

/** As Wireshark starts it. */
function start(fifo: string, ...args: string[]): Running {
  return startNmcap(['--capture', '--extcap-interface', 'sim:em0', '--fifo', fifo, ...args]);
}

/**
 * Opens a pipe and reads what there is once there is something. A stream would go on, and keep the pipe
 * open until it has read once more.
 */
async function beginReading(fifo: string, run: Running): Promise<number> {
  const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
  await until(() => readAvailable(reader).length > 0, run.stderr);
  return reader;
}

/** Wireshark's own numbers (extcap(4), control pipes), whatever nmcap takes them to be. */
const COMMAND = { set: 1, add: 2, statusBar: 6 } as const;

/** The status bar's texts so far. */
function statusBar(toolbar: Toolbar): string[] {
  return toolbar
    .received()
    .filter(({ command }) => command === COMMAND.statusBar)
    .map(({ payload }) => payload);
}

/** The whole of the log so far. */
function log(toolbar: Toolbar): string {
  return toolbar
    .received()
    .filter(({ control, command }) => control === CONTROL.log && command === COMMAND.add)
    .map(({ payload }) => payload)
    .join('');
}

describe('a capture for Wireshark', { timeout: 120_000 }, () => {
  it('ends with SIGTERM, completely and without a word', async () => {
    const fifo = makePipe(newPipe());
    const run = start(fifo);
    const file = `${fifo}.pcapng`;
    const reading = pipeline(createReadStream(fifo), createWriteStream(file));
    await until(() => readFileSync(file, { flag: 'a+' }).length > 1000);
    run.process.kill('SIGTERM');
    assert.equal(await run.ended(), 0);
    assert.equal(run.stdout() + run.stderr(), '');
    await reading;
    const bytes = readFileSync(file);
    assert.ok(tsharkFields(file, 'frame.number').length > 0);
    // The last block is the interface's statistics: its length is its last word (pcapng, 3.1).
    const length = bytes.readUInt32LE(bytes.length - 4);
    assert.equal(bytes.readUInt32LE(bytes.length - length), 5);
  });

  it('ends when the reader goes, though no packet comes', async () => {
    const fifo = makePipe(newPipe());
    const run = start(fifo, '--extcap-capture-filter', 'ether proto 0x1234');
    const reader = await beginReading(fifo, run);
    const gone = performance.now();
    closeSync(reader);
    assert.equal(await run.ended(), 0);
    assert.ok(performance.now() - gone < SOON_MS);
    assert.equal(run.stderr(), '');
  });

  it('shows in the toolbar what becomes of the port', async () => {
    const fifo = makePipe(newPipe());
    const toolbar = openToolbar(fifo);
    const run = start(fifo, ...toolbar.args, '--rate', '1000,count=200');
    createReadStream(fifo).resume();
    assert.equal(await run.ended(), APPLICATION_LEFT);
    const left = /its application left netmap mode/;
    assert.ok(
      statusBar(toolbar).some((text) => text.includes('its application left netmap mode')),
      statusBar(toolbar).join('\n'),
    );
    assert.match(log(toolbar), left);
    assert.match(run.stderr(), /^nmcap: sim:em0: the capture has ended, as the application left/);
    toolbar.close();
  });

  it('shows in the toolbar that frames are missing', async () => {
    const fifo = makePipe(newPipe());
    const toolbar = openToolbar(fifo);
    const run = start(fifo, ...toolbar.args, '--rate', 'max');
    const stalled = await beginReading(fifo, run);
    const loss = /^discarded [1-9]\d*, ring found full \d+: frames may be missing$/;
    await until(() => statusBar(toolbar).some((text) => loss.test(text)), run.stderr);
    assert.equal(run.stderr(), '');
    run.process.kill('SIGKILL');
    await run.ended();
    toolbar.close();
    closeSync(stalled);
  });

  it('prints the statistics in the log when the button is pressed', async () => {
    const fifo = makePipe(newPipe());
    const toolbar = openToolbar(fifo);
    // What Wireshark sends as soon as it can.
    toolbar.send({ control: 0, command: 0, payload: '' });
    const run = start(fifo, ...toolbar.args);
    const reader = createReadStream(fifo).resume();
    await new Promise((resolve) => reader.once('data', resolve));
    toolbar.send({ control: CONTROL.statistics, command: COMMAND.set, payload: '' });
    await until(
      () => log(toolbar).includes('ring found full'),
      () => log(toolbar),
    );
    assert.deepEqual(statusBar(toolbar), ['sim:em0: statistics so far']);
    run.process.kill('SIGTERM');
    assert.equal(await run.ended(), 0);
    assert.equal(run.stderr(), '');
    toolbar.close();
  });

  it('goes on without a toolbar that nobody opens', async () => {
    const fifo = makePipe(newPipe());
    const run = start(fifo, '--extcap-control-out', makePipe(newPipe()), '--rate', '1000,count=50');
    let bytes = 0;
    for await (const piece of createReadStream(fifo)) bytes += (piece as Buffer).length;
    assert.ok(bytes > 1000);
    assert.equal(await run.ended(), APPLICATION_LEFT);
  });

  it('says no more on standard error than Wireshark shows', async () => {
    const fifo = makePipe(newPipe());
    const run = start(fifo, '--rate', 'max');
    const stalled = await beginReading(fifo, run);
    await sleep(SOON_MS);
    // Without a toolbar, loss is reported once, at the end.
    assert.equal(run.stderr(), '');
    closeSync(stalled);
    assert.equal(await run.ended(), 0);
    assert.match(run.stderr(), /^nmcap: discarded [1-9].*\n$/);
  });

  it('becomes the owner of the pipe, as root', { skip: process.getuid?.() !== 0 }, async () => {
    const nobody = 65534;
    const fifo = makePipe(newPipe());
    chmodSync(folder, 0o755);
    chownSync(fifo, nobody, nobody);
    const run = start(fifo);
    const reader = createReadStream(fifo).resume();
    await new Promise((resolve) => reader.once('data', resolve));
    assert.match(readFileSync(`/proc/${run.pid}/status`, 'utf8'), /^Uid:\t65534\t65534\t65534/m);
    run.process.kill('SIGTERM');
    assert.equal(await run.ended(), 0);
    assert.equal(run.stderr(), '');
  });

  it(
    'stays root for the pipe of a Wireshark that root runs by sudo',
    {
      skip: process.getuid?.() !== 0,
    },
    async () => {
      const fifo = makePipe(newPipe());
      process.env['SUDO_USER'] = 'nobody';
      const run = start(fifo);
      delete process.env['SUDO_USER'];
      const reader = createReadStream(fifo).resume();
      await new Promise((resolve) => reader.once('data', resolve));
      run.process.kill('SIGTERM');
      assert.equal(await run.ended(), 0);
    },
  );
});
