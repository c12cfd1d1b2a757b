// Shared by the scripts that set up a clone or an installed package. Plain JavaScript without
// packages: a fresh clone has nothing else to run.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export function fail(message) {
  console.error(`setup: ${message}`);
  process.exit(1);
}

/** Runs a command with its output on stderr: stdout belongs to what is run after the setup. */
export function run(command, args, environment = {}) {
  const result = spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...environment },
  });
  if (result.status !== 0) {
    fail(
      `'${[command, ...args].join(' ')}' failed${result.error ? `: ${result.error.message}` : ''}`,
    );
  }
}

/** When the newest of these files, or of the files below these folders, changed; ms since 1970. */
function newest(places) {
  let time = 0;
  for (const place of places) {
    const status = statSync(place, { throwIfNoEntry: false });
    if (status === undefined) continue;
    time = Math.max(time, status.mtimeMs);
    if (!status.isDirectory()) continue;
    time = Math.max(time, newest(readdirSync(place).map((name) => path.join(place, name))));
  }
  return time;
}

/** Runs `step` unless the stamp file of its last run is newer than everything it depends on. */
export function upToDate(stamp, inputs, step) {
  const made = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (made > newest(inputs)) return;
  step();
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
  utimesSync(stamp, new Date(), new Date());
}
