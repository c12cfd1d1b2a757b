/** Options of tcpdump's that nmcap does not have, and what it does instead. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['-f', 'addresses are always printed as numbers'],
  ['-L', 'netmap ports have one link type, EN10MB'],
  ['-j', 'netmap has one kind of time stamp: the time of the sync that brought the frame'],
  ['-J', 'netmap has one kind of time stamp: the time of the sync that brought the frame'],
  ['-I', 'netmap ports have no monitor mode as Wi-Fi has; a netmap monitor is always used'],
  ['-E', 'ESP is not decrypted: write the packets with -w, and let tshark decrypt them'],
  ['-M', "TCP's MD5 digests are not verified"],
]);

/** A line on an option that is unknown here; `known`: the short options that there are. */
export function explainUnknownOption(option: string, known: ReadonlySet<string>): string {
  const instead = INSTEAD.get(option);
  if (instead !== undefined) return `tcpdump's ${option} is not an option here: ${instead}`;
  const upper = option.toUpperCase();
  const other = option === upper ? option.toLowerCase() : upper;
  const guess = known.has(other) && option.length === 2 ? ` (Did you mean ${other}?)` : '';
  return `unknown option '${option}'${guess}`;
}
