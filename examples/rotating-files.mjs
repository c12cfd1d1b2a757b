// Records a port to compressed files of a few seconds each, of which the newest ten stay, until ^C.
//
//   node rotating-files.mjs em0 /var/captures 60
import path from 'node:path';

import { NmcapError, openMonitor, prepareOutputs, totals } from 'nmcap';

const [port = 'sim:em0', folder = '.', seconds = '60'] = process.argv.slice(2);

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => ending.abort());

try {
  // First what takes time: from openMonitor() on, the monitor's rings fill up.
  const prepared = await prepareOutputs(
    [
      {
        kind: 'savefile',
        path: path.join(folder, 'capture-%Y%m%d-%H%M%S.pcapng.zst'),
        rotation: { period: { seconds: Number(seconds), aligned: true }, keep: 10 },
      },
    ],
    {
      onFile: ({ path, packets, bytes }) => {
        console.log(`${path}: ${packets} packets, ${bytes} bytes`);
      },
    },
  );
  const monitor = await openMonitor(port, {
    reattach: true,
    signal: ending.signal,
    report: (message) => console.error(message),
  });
  // The files are pcapng: native code compresses and writes them, and no packet passes through here.
  await monitor.writeTo(await prepared.open(monitor));
  const { seen, discarded, ringFull } = totals(monitor.stats().rings).total;
  console.error(`${seen} frames, ${discarded} discarded, a ring was found full ${ringFull} times`);
} catch (error) {
  if (!(error instanceof NmcapError)) throw error;
  console.error(`${error.code}: ${error.message}${error.hint ? `\n${error.hint}` : ''}`);
  process.exitCode = 1;
}
