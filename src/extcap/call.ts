/** Whether Wireshark or tshark has called nmcap as an extcap plug-in, under whatever name. */
export function isExtcapCall(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  return words.some((word) => word.startsWith('--extcap-'));
}
