import { DEFAULT_SIMULATED_RATE, MAX_SNAPSHOT_LENGTH } from '../index.js';
import { sentence } from './sentence.js';

type Fields = Parameters<typeof sentence>[1];

/** What can be chosen before a capture; request.ts reads it again. */
const ARGUMENTS: readonly Fields[] = [
  {
    call: '--direction',
    display: 'Direction',
    type: 'selector',
    tooltip: "As the port's application sees it",
  },
  {
    call: '--zero-copy',
    display: 'Zero-copy monitor',
    type: 'boolflag',
    default: false,
    tooltip: 'Frames are seen once the application is done with them',
  },
  {
    call: '--snapshot-length',
    display: 'Snapshot length',
    type: 'unsigned',
    range: `0,${MAX_SNAPSHOT_LENGTH}`,
    default: 0,
    tooltip: 'Bytes of each frame to keep; 0: all of it',
  },
  {
    call: '--ring',
    display: 'Ring',
    type: 'string',
    placeholder: 'all',
    validation: String.raw`^\d*$`,
    tooltip: 'The number of the only ring to watch',
  },
  {
    call: '--wait',
    display: 'Wait for the application',
    type: 'boolflag',
    default: false,
    tooltip: 'If the port is not in netmap mode yet',
  },
  {
    call: '--reattach',
    display: 'Reattach',
    type: 'boolflag',
    default: false,
    tooltip: 'When the application leaves, wait for it to come back',
  },
];

/** On simulated ports. */
const RATE: Fields = {
  call: '--rate',
  display: 'Rate',
  type: 'string',
  default: DEFAULT_SIMULATED_RATE,
  validation: String.raw`^([1-9]\d*|max)$`,
  tooltip: 'Simulated frames per second, or max',
};

const DIRECTIONS = [
  ['both', 'received and sent'],
  ['rx', 'received by the application'],
  ['tx', 'sent by the application'],
] as const;

/** The answer to --extcap-config: what Wireshark shows as the interface's options. */
export function configSentences(interfaceName: string): string {
  const chosen = interfaceName.startsWith('sim:') ? [...ARGUMENTS, RATE] : ARGUMENTS;
  return [
    ...chosen.map((fields, number) => sentence('arg', { number, ...fields })),
    ...DIRECTIONS.map(([value, display]) =>
      sentence('value', { arg: 0, value, display, default: value === 'both' }),
    ),
  ].join('');
}
