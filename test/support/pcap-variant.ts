/** How a variant of classic pcap lays its records out. */
export interface Layout {
  readonly name: string;
  readonly magic: number;
  /** Bytes of a record's header. */
  readonly recordHeader: number;
  /** What the header has after its usual 16 bytes. */
  readonly extra: (view: DataView, at: number, little: boolean) => void;
}

/** Interface index, IPv4's Ethernet type and Linux's packet type; what follows is not always zero. */
function linuxPatch(view: DataView, at: number, little: boolean): void {
  view.setUint32(at, 2, little);
  view.setUint16(at + 4, 0x0800, little);
  view.setUint8(at + 6, 4);
  view.setUint8(at + 7, 0xee);
}

/** The two that their magic numbers stand for, then those that have to be guessed. */
export const LAYOUTS: readonly [usual: Layout, kuznetzov: Layout, ...others: Layout[]] = [
  { name: 'usual', magic: 0xa1b2c3d4, recordHeader: 16, extra: () => undefined },
  { name: 'ss991029', magic: 0xa1b2cd34, recordHeader: 24, extra: linuxPatch },
  { name: 'ss990417', magic: 0xa1b2c3d4, recordHeader: 24, extra: linuxPatch },
  {
    name: 'ss990417 as Wireshark writes it',
    magic: 0xa1b2c3d4,
    recordHeader: 24,
    extra: () => undefined,
  },
  { name: 'ss990915', magic: 0xa1b2cd34, recordHeader: 28, extra: linuxPatch },
  {
    name: 'Nokia',
    magic: 0xa1b2c3d4,
    recordHeader: 20,
    extra: (view, at, little) => {
      view.setUint32(at, 0xbfbfd602, little);
    },
  },
];

/** A file of that layout, a packet a second. */
export function variantFile(
  { magic, recordHeader, extra }: Layout,
  packets: readonly Uint8Array[],
  { byteOrder = 'little', linkType = 1 }: { byteOrder?: 'little' | 'big'; linkType?: number } = {},
): Uint8Array {
  const little = byteOrder === 'little';
  const header = new DataView(new ArrayBuffer(24));
  header.setUint32(0, magic, little);
  header.setUint16(4, 2, little);
  header.setUint16(6, 4, little);
  header.setUint32(16, 65_535, little);
  header.setUint32(20, linkType, little);
  const records = packets.flatMap((packet, i) => {
    const record = new DataView(new ArrayBuffer(recordHeader));
    [940_000_000 + i, 123_456, packet.length, packet.length].forEach((word, j) => {
      record.setUint32(4 * j, word, little);
    });
    extra(record, 16, little);
    return [new Uint8Array(record.buffer), packet];
  });
  return Buffer.concat([new Uint8Array(header.buffer), ...records]);
}
