import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';

import { temporaryFolder } from '../support/folder.js';
import { nmcap, tsharkFields } from '../support/nmcap.js';

const ROOT = path.resolve(import.meta.dirname, '../..');
const GUIDE = readFileSync(path.join(ROOT, 'docs/library.md'), 'utf8');

/** A project of somebody who uses nmcap, with the clone linked as a package. */
const project = temporaryFolder();
mkdirSync(path.join(project, 'node_modules/@types'), { recursive: true });
symlinkSync(ROOT, path.join(project, 'node_modules/nmcap'));
symlinkSync(
  path.join(ROOT, 'node_modules/@types/node'),
  path.join(project, 'node_modules/@types/node'),
);
cpSync(path.join(ROOT, 'examples'), project, { recursive: true });
writeFileSync(path.join(project, 'package.json'), '{ "type": "module" }');
const savefile = path.join(project, 'in.pcapng');
const written = nmcap(['sim:em0@rate=20000,count=4000', '-w', savefile]);
assert.equal(written.status, 3, written.stderr);

function node(...args: string[]) {
  const result = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
    timeout: 60_000,
  });
  assert.equal(result.status, 0, result.stdout + result.stderr);
  return result;
}

function evaluate(code: string): string {
  return node('--input-type=module', '--eval', code).stdout;
}

describe('the examples', () => {
  it('are those that the guide shows, as they are', () => {
    const shown = [...GUIDE.matchAll(/^```js\n(\/\/ [^]*?)```$/gm)].map(([, code]) => code);
    const files = readdirSync(path.join(ROOT, 'examples')).sort();
    assert.deepEqual(
      shown.sort(),
      files.map((name) => readFileSync(path.join(ROOT, 'examples', name), 'utf8')).sort(),
    );
    assert.equal(files.length, 3);
  });

  it('count by direction, of a port and of a savefile', () => {
    const live = JSON.parse(node('count-by-direction.mjs', 'sim:em0@rate=20000').stdout) as Record<
      string,
      number
    >;
    assert.ok((live['received'] ?? 0) > 300 && (live['sent'] ?? 0) > 300, JSON.stringify(live));
    assert.equal((live['received'] ?? 0) + (live['sent'] ?? 0), 1000);
    const rows = tsharkFields(savefile, 'frame.packet_flags_direction', 'frame.len');
    const sent = rows.filter(([direction]) => direction === '0x00000002' || direction === '2');
    const read = JSON.parse(node('count-by-direction.mjs', savefile, '0').stdout) as object;
    assert.deepEqual(read, {
      received: 4000 - sent.length,
      sent: sent.length,
      unknown: 0,
      bytes: rows.reduce((sum, [, length]) => sum + Number(length), 0),
    });
  });

  it('write rotating files until a signal, each complete', async () => {
    const folder = path.join(project, 'captures');
    mkdirSync(folder);
    const child = spawn(
      process.execPath,
      ['rotating-files.mjs', 'sim:em0@rate=2000', folder, '1'],
      {
        cwd: project,
      },
    );
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.split('\n').length > 2 && !child.killed) child.kill('SIGINT');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const status = await new Promise((resolve) => child.once('close', resolve));
    assert.equal(status, 0, stderr);
    const listed = [...stdout.matchAll(/^(.*): (\d+) packets, \d+ bytes$/gm)];
    assert.deepEqual(
      listed.map(([, name]) => name),
      readdirSync(folder)
        .sort()
        .map((name) => path.join(folder, name)),
    );
    assert.ok(listed.length >= 3, stdout);
    let total = 0;
    for (const [, name = '', packets] of listed) {
      assert.equal(nmcap(['-r', name, '--count']).stdout, `${packets} packets\n`);
      total += Number(packets);
    }
    assert.match(stderr, new RegExp(`^${total} frames, 0 discarded`, 'm'));
    const refused = spawnSync(process.execPath, ['rotating-files.mjs', 'sim:em0', 'no/folder'], {
      cwd: project,
      encoding: 'utf8',
    });
    assert.equal(refused.status, 1);
    assert.match(refused.stderr, /^NM_OUTPUT: no\/folder\/.*: no such directory\ncreate the/m);
  });

  it('find the top talkers, as tshark does', () => {
    const bytes = new Map<string, number>();
    for (const [type, vlan, one = '', other = '', length] of tsharkFields(
      savefile,
      'eth.type',
      'vlan.id',
      'ip.src',
      'ip.dst',
      'frame.len',
    )) {
      if (type !== '0x0800' || vlan !== '') continue;
      // Of a packet in an ICMP error tshark has the addresses as well, after those of the outer one.
      const pair = [one, other].map((value) => value.split(',')[0] ?? '').sort(inOrder);
      const key = pair.join('\t');
      bytes.set(key, (bytes.get(key) ?? 0) + Number(length));
    }
    const rows = node('top-talkers.mjs', savefile).stdout.trimEnd().split('\n');
    assert.ok(rows.length > 2);
    const expected = [...bytes].sort(([, a], [, b]) => b - a).slice(0, 10);
    assert.deepEqual(
      rows.map((row) => Number(row.split('\t')[2])),
      expected.map(([, sum]) => sum),
    );
    for (const row of rows) {
      const [low, high, sum] = row.split('\t');
      assert.equal(bytes.get(`${low}\t${high}`), Number(sum), row);
    }
    const live = node('top-talkers.mjs', 'sim:em0@rate=5000', '0.5').stdout;
    assert.match(live, /^192\.0\.2\.10\t\S+\t\d+$/m);
  });
});

/** By the addresses' numbers. */
function inOrder(one: string, other: string): number {
  const number = (text: string) => text.split('.').reduce((sum, byte) => sum * 256 + +byte, 0);
  return number(one) - number(other);
}

describe('the package as a library', () => {
  it('exports one module and nothing else', () => {
    const code = `
      for (const name of ['nmcap/dist/monitor/monitor.js', 'nmcap/dist/index.js', 'nmcap/package.json']) {
        try { await import(name); console.log('found ' + name); }
        catch ({ code }) { console.log(code); }
      }
      console.log(Object.keys(await import('nmcap')).sort().join());`;
    assert.deepEqual(evaluate(code).trim().split('\n'), [
      ...Array<string>(3).fill('ERR_PACKAGE_PATH_NOT_EXPORTED'),
      'DEFAULT_BUFFER_SIZE,DEFAULT_SIMULATED_RATE,Direction,LINKTYPE_ETHERNET,MAX_SNAPSHOT_LENGTH,' +
        'NmcapError,PacketCursor,delivered,describeFilter,fieldNames,filterStepLimit,listPorts,' +
        'openMonitor,openOutputs,openSavefile,parsePorts,prepareOutputs,savefileFormat,totals,versions',
    ]);
  });

  it('loads neither decoders nor the addon before they are needed', () => {
    const code = `
      import { createRequire } from 'node:module';
      await import('nmcap');
      console.log(process.report.getReport().sharedObjects.some((name) => name.endsWith('nmcap.node')));`;
    assert.equal(evaluate(code).trim(), 'false');
  });

  it('has types that a strict project compiles with, all of them checked', () => {
    const snippets = [...GUIDE.matchAll(/^```ts\n([^]*?)```$/gm)].map(([, code = '']) => code);
    assert.ok(snippets.length >= 3);
    for (const [index, code] of snippets.entries()) {
      writeFileSync(path.join(project, `snippet-${index}.ts`), `${code}\nexport {};\n`);
    }
    writeFileSync(
      path.join(project, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          target: 'es2022',
          module: 'nodenext',
          types: ['node'],
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: false,
          outDir: 'compiled',
        },
        include: ['*.ts'],
      }),
    );
    node(path.join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', project);
    for (const index of snippets.keys()) node(`compiled/snippet-${index}.js`);
  });

  it('has every error code in the guide', () => {
    const [, union = ''] =
      /export type ErrorCode =([^;]*);/.exec(
        readFileSync(path.join(ROOT, 'src/errors.ts'), 'utf8'),
      ) ?? [];
    const codes = [...union.matchAll(/'(NM_\w+)'/g)].map(([, code]) => code);
    assert.ok(codes.length > 10);
    const described = [...GUIDE.matchAll(/^\| `(NM_\w+)`/gm)].map(([, code]) => code);
    assert.deepEqual(described, codes);
  });

  it('is documented, all of it', () => {
    const { stderr, stdout, status } = spawnSync(
      path.join(ROOT, 'node_modules/.bin/typedoc'),
      ['--emit', 'none'],
      { cwd: ROOT, encoding: 'utf8' },
    );
    assert.equal(status, 0, stdout + stderr);
  });
});
