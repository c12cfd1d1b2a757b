// Counts what an application sends and receives: of a port, or in a savefile.
//
//   node count-by-direction.mjs sim:em0
//   node count-by-direction.mjs capture.pcapng
import { existsSync } from 'node:fs';

import { Direction, openMonitor, openSavefile } from 'nmcap';

const [input = 'sim:em0', limit = '1000'] = process.argv.slice(2);
const options = { packetLimit: Number(limit), report: (message) => console.error(message) };
const capture = existsSync(input)
  ? await openSavefile(input, options)
  : await openMonitor(input, options);

const frames = { received: 0, sent: 0, unknown: 0 };
let bytes = 0;
for await (const { packets } of capture) {
  // One cursor stands on one packet after the other: there is no object for each.
  while (packets.next()) {
    bytes += packets.originalLength;
    if (packets.direction === Direction.Inbound) frames.received++;
    else if (packets.direction === Direction.Outbound) frames.sent++;
    else frames.unknown++;
  }
}
// The capture has closed itself at its end.
console.log(JSON.stringify({ ...frames, bytes }));
