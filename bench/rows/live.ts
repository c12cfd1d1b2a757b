import { setTimeout as sleep } from 'node:timers/promises';

import { capture, captureToCheck, start, unaccounted } from '../nmcap.js';
import { processorSeconds } from '../processor-time.js';
import { type Benchmark, median, type Row, type Run } from '../row.js';

const MIB = 2 ** 20;

/** A port that sends a frame a second, which is the least that the simulation does. */
export const idle: Benchmark = {
  name: 'idle',
  what: 'processor time when idle',
  async measure({ smoke }) {
    const seconds = smoke ? 3 : 30;
    const nmcap = start(['sim:em0@rate=1', '-w', '/dev/null'], 'ignore');
    const { pid } = nmcap;
    if (pid === undefined) throw new Error('nmcap could not be started');
    try {
      await sleep(2000);
      const before = processorSeconds(pid);
      await sleep(seconds * 1000);
      const share = ((processorSeconds(pid) - before) / seconds) * 100;
      return [
        {
          what: `${this.what}, ${seconds} s`,
          unit: '% of a core',
          runs: [{ figure: share }],
          target: { atMost: 0.5 },
          note: 'one frame a second, with the simulated application in the same process',
        },
      ];
    } finally {
      nmcap.kill('SIGINT');
    }
  },
};

/** From the application's sending to the bytes in the reader of a pipe. */
export const latency: Benchmark = {
  name: 'latency',
  what: 'latency, frame to pipe',
  quick: true,
  async measure(setting) {
    const count = setting.smoke ? 1000 : 5000;
    const runs: { p50: number; p99: number }[] = [];
    for (let i = 0; i < Math.min(setting.rounds, 3); i++) {
      const { check } = await captureToCheck(setting, [
        `sim:em0@rate=1000,length=60,count=${count}`,
        '-U',
      ]);
      runs.push({ p50: check.p50 / 1000, p99: check.p99 / 1000 });
    }
    return [
      {
        what: `${this.what}, p99, rate 1000/s`,
        unit: 'ms',
        runs: runs.map(({ p99 }) => ({ figure: p99 })),
        target: { atMost: 5 },
        note: `p50 ${median(runs.map(({ p50 }) => p50)).toPrecision(3)} ms`,
      },
    ];
  },
};

/** A reader that does not read for a while: the application goes on, and all is counted. */
export const stalledReader: Benchmark = {
  name: 'stalled-reader',
  what: 'stalled reader',
  async measure(setting) {
    const stall = setting.smoke ? 2 : 10;
    const rate = 200_000;
    const load = `sim:em0@rate=${rate},length=60`;
    const run = (seconds: number, stallMs: number) =>
      captureToCheck(setting, [`${load},count=${rate * seconds}`], stallMs);
    // The reader's last second is read as it comes: by then, nothing is discarded any more.
    const stalled = await run(stall + 2, stall * 1000);
    const flowing = await run(2, 0);
    const sendingRate = ({ check }: typeof stalled) =>
      (check.packets + check.missing) / check.sendingSeconds / 1000;
    const { statistics } = stalled.capture;
    return [
      {
        what: `${this.what}, ${stall} s: rate of the application`,
        unit: 'kframes/s',
        runs: [{ figure: sendingRate(stalled), reference: sendingRate(flowing) }],
        against: 'reader that reads',
        target: { atLeast: 0.98 },
      },
      {
        what: `${this.what}, ${stall} s: frames unaccounted for`,
        unit: '',
        runs: [
          {
            figure:
              unaccounted(statistics) +
              Math.abs(statistics.written - stalled.check.packets) +
              stalled.check.disordered,
          },
        ],
        target: { exactly: 0 },
        note:
          `${statistics.sent} sent = ${statistics.written} written + ${statistics.discarded} discarded + ` +
          `${statistics.lost} lost by full rings`,
      },
      {
        what: `${this.what}, ${stall} s: last frames missing after it recovered`,
        unit: '',
        runs: [{ figure: statistics.sent - stalled.check.packets - stalled.check.missing }],
        target: { exactly: 0 },
      },
    ];
  },
};

/** Summaries as fast as they can be printed. */
export const livePrinting: Benchmark = {
  name: 'live-printing',
  what: 'live printing',
  async measure(setting) {
    const lines = setting.smoke ? 500_000 : 4_000_000;
    const runs: Run[] = [];
    for (let i = 0; i < Math.min(setting.rounds, 3); i++) {
      const { seconds } = await capture(setting, ['sim:em0@rate=max', '-n', '-c', `${lines}`]);
      runs.push({ figure: lines / seconds / 1e6 });
    }
    // Load, since of a jumbo frame a full ring may lose the head and deliver the rest.
    const load = 'sim:em0@rate=max,length=60,count=10000000';
    const { statistics } = await capture(setting, [load, '-n']);
    const rows: Row[] = [
      { what: this.what, unit: 'Mlines/s', runs, target: { atLeast: 0.8 } },
      {
        what: `${this.what}: frames unaccounted for`,
        unit: '',
        runs: [{ figure: unaccounted(statistics) }],
        target: { exactly: 0 },
        note:
          `${statistics.sent} sent = ${statistics.written} written + ${statistics.discarded} discarded + ` +
          `${statistics.lost} lost by full rings`,
      },
    ];
    return rows;
  },
};

/** How much memory nmcap takes under load, and whether it goes on growing. */
export const residentMemory: Benchmark = {
  name: 'memory',
  what: 'resident memory',
  async measure(setting) {
    const seconds = setting.memorySeconds;
    const { resident } = await capture(
      setting,
      ['sim:em0@rate=max,length=60', '-w', '/dev/null'],
      seconds,
    );
    const own = resident.map((sample) => sample.own);
    const third = Math.floor(own.length / 3);
    const middle = median(own.slice(third, 2 * third));
    const last = median(own.slice(2 * third));
    const simulated = Math.max(...resident.map((sample) => sample.simulated)) / 2 / MIB;
    return [
      {
        what: `${this.what}, peak of ${setting.residentPeaks.length} captures`,
        unit: 'MiB',
        runs: [{ figure: Math.max(...setting.residentPeaks) / MIB }],
        target: { atMost: 150 },
        note:
          'of all captures of this run of the benchmark, sampled ten times a second, without the ' +
          `simulated device, which takes ${simulated.toFixed(0)} MiB with one ring pair`,
      },
      {
        what: `${this.what}, last third of ${seconds} s of load`,
        unit: 'MiB',
        runs: [{ figure: last / MIB, reference: middle / MIB }],
        against: 'middle third',
        target: { atMost: 1.02 },
      },
    ];
  },
};
