import type { Compression } from '../binding.js';

const COMPRESSIONS: readonly (readonly [string, Compression])[] = [
  ['.gz', 'gzip'],
  ['.zst', 'zstd'],
];

/** How a file is compressed, by its name. */
export function compressionOf(file: string): Compression | undefined {
  return COMPRESSIONS.find(([ending]) => file.toLowerCase().endsWith(ending))?.[1];
}

/** The format of a savefile, by its name: `.pcap`, `.cap` and `.dmp` are pcap, also compressed ones. */
export function savefileFormat(file: string): 'pcapng' | 'pcap' {
  const name = compressionOf(file) === undefined ? file : file.slice(0, file.lastIndexOf('.'));
  return /\.(pcap|cap|dmp)$/i.test(name) ? 'pcap' : 'pcapng';
}
