import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after } from 'node:test';

/** The program under test, as built. */
export const NMCAP = path.resolve(import.meta.dirname, '../../bin/nmcap');

export interface Finished {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs nmcap to its end. */
export function nmcap(args: string[], environment: NodeJS.ProcessEnv = {}): Finished {
  const { status, stdout, stderr } = spawnSync(NMCAP, args, {
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1 << 28,
    env: { ...process.env, ...environment },
  });
  return { status, stdout, stderr };
}

/** Starts nmcap; `stderr` grows as it speaks. */
export function startNmcap(args: string[]): { process: ChildProcess; stderr: () => string } {
  const child = spawn(NMCAP, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  return { process: child, stderr: () => text };
}

/** Runs a line of shell in which `nmcap` is the program under test. */
export function shell(line: string): Finished {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
    encoding: 'utf8',
    timeout: 60_000,
    maxBuffer: 1 << 28,
    env: { ...process.env, PATH: `${path.dirname(NMCAP)}:${process.env['PATH'] ?? ''}` },
  });
  return { status, stdout, stderr };
}

/** A folder for one test file, gone when its tests are. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'nmcap-test-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** The columns of `tshark -T fields`, a row for each packet. */
export function tsharkFields(file: string, ...fields: string[]): string[][] {
  const args = ['-n', '-r', file, '-T', 'fields', ...fields.flatMap((field) => ['-e', field])];
  const { status, stdout, stderr } = spawnSync('tshark', args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`tshark: ${stderr}`);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
}
