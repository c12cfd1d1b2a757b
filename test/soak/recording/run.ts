// `npm run soak:recording [-- SECONDS [FOLDER]]`: records simulated ports whose applications come and
// go, an hour long unless SECONDS are named, to compressed files that are switched by size and by the
// clock, and checks every packet of every file, all figures, and what nmcap holds. Two captures at
// once: one whose files nmcap's writer thread writes, and one whose files JavaScript writes.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { type Outcome, type Plan, Recording } from './recording.js';

const seconds = Number(process.argv[2] ?? 3600);
if (!(seconds >= 30)) {
  process.stderr.write('soak: at least 30 seconds\n');
  process.exit(2);
}
/** Before that, memory that is used for the first time cannot be told from memory that is lost. */
const JUDGED_FROM_SECONDS = 600;
const MOST_GROWTH = 1.02;
const REPORT_MS = 60_000;

const PLANS: readonly Plan[] = [
  {
    name: 'written by the writer thread',
    ports: [
      'sim:em0@rate=15000,length=60,rings=2,count=90000',
      'sim:em1@rate=15000,length=60,count=150000',
    ],
    savefile: 'a.pcapng.zst',
    text: undefined,
    size: 2 << 20,
    seconds: 10,
    keep: 8,
    keepOption: '-W',
    options: [],
  },
  {
    name: 'written by JavaScript',
    ports: ['sim:em2@rate=4000,length=60,count=20000'],
    savefile: 'b-%H%M.pcapng.gz',
    text: 'b.txt.gz',
    size: 256 << 10,
    seconds: 15,
    keep: 5,
    keepOption: '--keep',
    options: ['--fields', 'time,direction,ip.src,udp.dstport'],
  },
];

const start = performance.now();
const print = (text: string) => {
  const elapsed = ((performance.now() - start) / 1000).toFixed(0);
  process.stdout.write(`soak: ${elapsed} s: ${text}\n`);
};
const folder = mkdtempSync(path.join(process.argv[3] ?? tmpdir(), 'nmcap-soak-'));
const recordings = PLANS.map((plan, i) => {
  const own = path.join(folder, `${i}`);
  mkdirSync(own);
  return { plan, recording: new Recording(plan, own, print) };
});
const timer = setInterval(() => {
  for (const { recording } of recordings) print(recording.state);
}, REPORT_MS);
const outcomes = await Promise.all(
  recordings.map(async ({ plan, recording }) => ({ plan, outcome: await recording.run(seconds) })),
);
clearInterval(timer);
for (const { plan, outcome } of outcomes) report(plan, outcome);
rmSync(folder, { recursive: true });

function report({ name }: Plan, outcome: Outcome): void {
  const { middle, last } = outcome.growth;
  const grown: string[] = [];
  if (seconds >= JUDGED_FROM_SECONDS) {
    if (last.memory > MOST_GROWTH * middle.memory) grown.push('the memory has grown');
    if (last.descriptors > middle.descriptors) grown.push('there are more descriptors');
    if (last.mappings > MOST_GROWTH * middle.mappings) grown.push('there are more mappings');
  }
  for (const fault of grown) print(`${name}: ${fault}`);
  const { files, packets, lines, stays, discarded, lost } = outcome;
  print(
    `${name}: ${files} files with ${packets} packets${lines > 0 ? ` and as many lines` : ''}, ` +
      `${stays} stays of applications, ${discarded} frames discarded, ${lost} lost by full rings; ` +
      `middle and last third: ${[middle, last].map(({ memory }) => (memory / 2 ** 20).toFixed(1)).join(' and ')} MiB ` +
      `(ratio ${(last.memory / middle.memory).toFixed(3)}), ` +
      `${middle.descriptors} and ${last.descriptors} descriptors, ` +
      `${middle.mappings} and ${last.mappings} mappings: ` +
      (outcome.faults + grown.length === 0 ? 'all accounted for' : 'FAULTY'),
  );
  if (outcome.faults + grown.length > 0) process.exitCode = 1;
}
