import { namesAlike } from './nearest.js';

const NO_FIELD_OPTIONS = '--fields NAME,NAME prints columns, --header their names';
const NOT_WIFI = 'netmap ports have no channels and no monitor mode as Wi-Fi has';
const ONE_LINK_TYPE = 'netmap ports have one link type, EN10MB';
const ONE_TIME_STAMP =
  'netmap has one kind of time stamp: the time of the sync that brought the frame';
const CAPTURE_FILTERS = 'filters are those of pcap-filter(7), as in: nmcap em0 tcp port 80';
const DISSECTION = "packets are dissected by tshark: 'nmcap em0 -w - | tshark -r -'";

/** Options of tcpdump, dumpcap and tshark that nmcap does not have, and what it does instead. */
const ABSENT: readonly (readonly [options: string, whose: string, instead: string])[] = [
  ['-L --list-data-link-types', "tcpdump's", ONE_LINK_TYPE],
  ['-j', "tcpdump's", `${ONE_TIME_STAMP}; for tshark's, --fields chooses fields`],
  ['-J', "tcpdump's", `${ONE_TIME_STAMP}; for tshark's, --fields chooses fields`],
  ['--time-stamp-type --list-time-stamp-types', "tcpdump's", ONE_TIME_STAMP],
  ['-I --monitor-mode', "tcpdump's", NOT_WIFI],
  ['-k', "dumpcap's", NOT_WIFI],
  ['-H', "tcpdump's", `${NOT_WIFI}; tshark's is not needed, as no name is resolved`],
  [
    '-E',
    "tcpdump's",
    `ESP is not decrypted: write the packets with -w, and let tshark decrypt them; for tshark's, ${NO_FIELD_OPTIONS}`,
  ],
  [
    '-M',
    "tcpdump's",
    "TCP's MD5 digests are not verified; for dumpcap's, 'nmcap -D --json' lists ports",
  ],
  ['-m', "tcpdump's", 'no MIB modules are loaded, as SNMP is not decoded'],
  [
    '-T',
    "tcpdump's",
    `protocols are recognised by their ports; for tshark's, ${NO_FIELD_OPTIONS}, --json objects`,
  ],
  ['-u', "tcpdump's", 'NFS is not decoded'],
  [
    '-V',
    "tcpdump's",
    "'mergecap -w - FILE FILE | nmcap -r -' reads several files; for tshark's, -v, -vv and -vvv print details",
  ],
  ['-g', "dumpcap's", '--mode 0640 lets the group read the files'],
  [
    '-P',
    "dumpcap's",
    "--format pcap, or a name that ends in .pcap, does that; for tshark's, --print",
  ],
  ['--ifname --ifdescr', "dumpcap's", 'an interface in the file has the name of its port'],
  [
    '--capture-comment',
    "dumpcap's",
    "'editcap --capture-comment TEXT IN OUT' adds one to the file",
  ],
  ['--temp-dir', "dumpcap's", '-w FILE names the file, and nothing is written elsewhere'],
  ['--update-interval', "dumpcap's", '--stats SECONDS prints statistics every so often'],
  [
    '--log-level --log-fatal --log-domains --log-debug --log-noisy --log-file',
    "dumpcap's",
    "'NMCAP_DEBUG=1 nmcap ...' describes every step",
  ],
  ['-Y -R --display-filter --read-filter', "tshark's", CAPTURE_FILTERS],
  ['--hexdump', "tshark's", '-x prints hex, -X hex and ASCII'],
  [
    '-o -G --enable-protocol --disable-protocol --enable-heuristic --disable-heuristic',
    "tshark's",
    DISSECTION,
  ],
  [
    '--export-objects --export-tls-session-keys --elastic-mapping-filter --no-duplicate-keys',
    "tshark's",
    DISSECTION,
  ],
];

const INSTEAD: ReadonlyMap<string, string> = new Map(
  ABSENT.flatMap(([options, whose, instead]) =>
    options
      .split(' ')
      .map((option): [string, string] => [
        option,
        `${whose} ${option} is not an option here: ${instead}`,
      ]),
  ),
);

/** A line on an option that is unknown here; `known`: the options that there are. */
export function explainUnknownOption(word: string, known: readonly string[]): string {
  // As it is given with a value: --option=value, or -ovalue.
  const option = word.startsWith('--') ? word.replace(/=.*$/su, '') : word.slice(0, 2);
  const instead = INSTEAD.get(option);
  if (instead !== undefined) return instead;
  const guess = nearest(word.replace(/=.*$/su, ''), known);
  return `unknown option '${word}'${guess === undefined ? '' : ` (Did you mean ${guess}?)`}`;
}

/** The long option that a word with a single dash spells: commander would take it for letters. */
export function withSecondDash(word: string, known: readonly string[]): string | undefined {
  return word.length > 2 ? known.find((option) => option === `-${word}`) : undefined;
}

/** The long option that begins so or, if none does, looks most like it, or has all these letters. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const name = word.replace(/^-+/, '');
  if (name.length < 2) return undefined;
  const names = known.flatMap((option) => (option.startsWith('--') ? [option.slice(2)] : []));
  const best =
    names.find((long) => long.startsWith(name)) ??
    namesAlike(name, names)[0] ??
    names.find((long) => isAbbreviated(long, name));
  return best === undefined ? undefined : `--${best}`;
}

/** Whether `letters` are some of the name's, from the first one on: snaplen, of snapshot-length. */
function isAbbreviated(name: string, letters: string): boolean {
  if (!name.startsWith(letters.charAt(0))) return false;
  let at = 0;
  for (const letter of name) if (letter === letters[at]) at++;
  return at === letters.length;
}
