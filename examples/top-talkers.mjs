// An analysis of one's own: which pairs of IPv4 hosts exchange most bytes.
//
//   node top-talkers.mjs sim:em0 5
//   node top-talkers.mjs capture.pcapng
import { existsSync } from 'node:fs';

import { LINKTYPE_ETHERNET, openMonitor, openSavefile } from 'nmcap';

const [input = 'sim:em0', seconds = '5'] = process.argv.slice(2);
// An IPv4 header follows Ethernet's 14 bytes directly, as the filter lets no VLAN tags pass.
const filter = 'ether proto 0x0800';
const capture = existsSync(input)
  ? await openSavefile(input, { filter })
  : await openMonitor(input, { filter, snapshotLength: 64, duration: Number(seconds) });

const SOURCE = 14 + 12;
const DESTINATION = 14 + 16;
const address = (bits) => [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.');

/** Bytes by both addresses, each a number: the key is made without text. */
const conversations = new Map();

for await (const { packets, bytes } of capture) {
  // Valid until the next batch: what is kept of it are numbers.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  while (packets.next()) {
    const { dataOffset, capturedLength, originalLength, linkType } = packets;
    if (linkType !== LINKTYPE_ETHERNET || capturedLength < DESTINATION + 4) continue;
    const one = view.getUint32(dataOffset + SOURCE);
    const other = view.getUint32(dataOffset + DESTINATION);
    const low = Math.min(one, other);
    const peers = conversations.get(low) ?? new Map();
    conversations.set(low, peers);
    const high = Math.max(one, other);
    peers.set(high, (peers.get(high) ?? 0) + originalLength);
  }
}

const rows = [...conversations].flatMap(([low, peers]) =>
  [...peers].map(([high, bytes]) => ({ low, high, bytes })),
);
rows.sort((a, b) => b.bytes - a.bytes);
for (const { low, high, bytes } of rows.slice(0, 10)) {
  console.log(`${address(low)}\t${address(high)}\t${bytes}`);
}
