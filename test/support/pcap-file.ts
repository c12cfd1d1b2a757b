/** A classic pcap file (little-endian, µs, Ethernet) of these frames, one µs apart. */
export function pcapFile(frames: readonly Uint8Array[]): Uint8Array {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(0x40000, 16);
  header.writeUInt32LE(1, 20);
  const records = frames.flatMap((frame, i) => {
    const record = Buffer.alloc(16);
    [1_700_000_000, i, frame.length, frame.length].forEach((value, word) =>
      record.writeUInt32LE(value, 4 * word),
    );
    return [record, frame];
  });
  return Buffer.concat([header, ...records]);
}
