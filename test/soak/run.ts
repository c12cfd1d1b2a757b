// `npm run soak [-- FRAMES [RATE]]`: sends 10^9 frames, or as many as are named, through a simulated
// port, and checks each one that comes out. Half of them meet a filter that all pass, at a rate at
// which few are lost; half one that few pass, as fast as it goes, when full rings lose many. RATE
// frames a second are for both.
import { PASSES_ALL, PASSES_FEW, soak } from './soak.js';

const frames = Number(process.argv[2] ?? 1e9);
const rate = process.argv[3] === undefined ? undefined : Number(process.argv[3]);
if (!Number.isSafeInteger(frames) || frames < 2) {
  process.stderr.write('soak: the number of frames is a whole one, at least 2\n');
  process.exit(2);
}

/** What the checks, which are JavaScript, keep up with. */
const CHECKED_RATE = 5e6;

for (const [filter, count, ownRate] of [
  [PASSES_ALL, Math.ceil(frames / 2), CHECKED_RATE],
  [PASSES_FEW, Math.floor(frames / 2), 'max'],
] as const) {
  const start = performance.now();
  const { sent, delivered, discarded, lost, faults } = await soak(count, rate ?? ownRate, filter);
  const seconds = (performance.now() - start) / 1000;
  for (const fault of faults) process.stdout.write(`soak: ${fault}\n`);
  process.stdout.write(
    `soak: filter '${filter.expression}': ${sent} frames sent in ${seconds.toFixed(0)} s, ` +
      `${delivered} checked, ${discarded} discarded, ${lost} lost by full rings: ` +
      `${faults.length === 0 ? 'all accounted for, in order' : 'FAULTY'}\n`,
  );
  if (faults.length > 0) process.exitCode = 1;
}
