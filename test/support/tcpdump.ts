import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { type SummaryOptions, SummaryPrinter } from '../../src/print/summary.js';
import { inTemporaryFolder } from './folder.js';
import { epbBatch, pcapFile, type TestPacket } from './pcap.js';
import { printedBy } from './print.js';

export const PLAIN_OPTIONS: SummaryOptions = {
  timeStyle: 'time',
  precision: 'micro',
  linkHeader: false,
  quiet: false,
  verbosity: 0,
  absoluteSequence: false,
  numbered: false,
  dump: 'none',
  colour: false,
};

const TIME_FLAGS = {
  time: [],
  none: ['-t'],
  epoch: ['-tt'],
  delta: ['-ttt'],
  date: ['-tttt'],
  'since-first': ['-ttttt'],
};

const DUMP_FLAGS = {
  none: [],
  ascii: ['-A'],
  hex: ['-x'],
  'hex+link': ['-xx'],
  'hex-ascii': ['-X'],
  'hex-ascii+link': ['-XX'],
};

/** tcpdump's flags for the printer's options. */
function flagsFor(options: SummaryOptions): string[] {
  const flags = ['-n', ...TIME_FLAGS[options.timeStyle], ...DUMP_FLAGS[options.dump]];
  if (options.precision === 'nano') flags.push('--nano');
  if (options.linkHeader) flags.push('-e');
  if (options.quiet) flags.push('-q');
  if (options.absoluteSequence) flags.push('-S');
  if (options.numbered) flags.push('-#');
  for (let i = 0; i < options.verbosity; i++) flags.push('-v');
  return flags;
}

/** What the installed tcpdump prints for the packets. */
export function tcpdumpText(
  packets: readonly TestPacket[],
  options: SummaryOptions = PLAIN_OPTIONS,
  linkType = 1,
): string {
  return inTemporaryFolder((folder) => {
    const file = join(folder, 'packets.pcap');
    writeFileSync(file, pcapFile(packets, linkType));
    const run = spawnSync('tcpdump', [...flagsFor(options), '-r', file], {
      maxBuffer: 1 << 30,
      encoding: 'latin1',
    });
    assert.equal(run.status, 0, run.stderr);
    return run.stdout;
  });
}

/** What nmcap's printer makes of the same packets. */
export function summaryText(
  packets: readonly TestPacket[],
  options: SummaryOptions = PLAIN_OPTIONS,
  linkType = 1,
): string {
  return summaryTexts(packets, options, linkType).join('');
}

/** What it makes of each packet. */
export function summaryTexts(
  packets: readonly TestPacket[],
  options: SummaryOptions = PLAIN_OPTIONS,
  linkType = 1,
): string[] {
  return printedBy(new SummaryPrinter(options), epbBatch(packets), linkType);
}

/** Differences that a failed comparison lists. */
const MAX_SHOWN = 5;

/** Compares the two texts line by line; a failure lists the first lines that differ. */
export function assertSameAsTcpdump(
  packets: readonly TestPacket[],
  options: Partial<SummaryOptions> = {},
  linkType = 1,
): void {
  const all = { ...PLAIN_OPTIONS, ...options };
  const expected = tcpdumpText(packets, all, linkType).split('\n');
  const actual = summaryText(packets, all, linkType).split('\n');
  const differences = [];
  const count = Math.max(expected.length, actual.length);
  for (let i = 0; i < count && differences.length < MAX_SHOWN; i++) {
    if (expected[i] === actual[i]) continue;
    differences.push(`line ${i + 1}\n  tcpdump: ${expected[i]}\n  nmcap:   ${actual[i]}`);
  }
  const flags = flagsFor(all).join(' ');
  assert.equal(differences.length, 0, `differs from tcpdump ${flags}\n${differences.join('\n')}`);
}

/** Every packet at every snapshot length from 1 byte to its own. */
export function cutAtEveryLength(packets: readonly Uint8Array[]): TestPacket[] {
  return packets.flatMap((bytes) =>
    Array.from(bytes, (_, index) => ({
      bytes: bytes.subarray(0, index + 1),
      originalLength: bytes.length,
    })),
  );
}
