import { parseArgs } from 'node:util';

import { NmcapError } from '../errors.js';

/** What Wireshark asks for, in the terms of extcap's protocol (extcap(4)). */
export type Request =
  | { readonly kind: 'interfaces' }
  | { readonly kind: 'dlts' }
  | { readonly kind: 'config'; readonly interfaceName: string }
  | { readonly kind: 'check-filter'; readonly filter: string }
  | { readonly kind: 'clean-up' }
  | CaptureRequest;

export interface CaptureRequest {
  readonly kind: 'capture';
  readonly interfaceName: string;
  /** The named pipe that takes the packets. */
  readonly fifo: string;
  readonly filter: string | undefined;
  /** Named pipes for control messages from and to Wireshark. */
  readonly controlIn: string | undefined;
  readonly controlOut: string | undefined;
  /** As the options of --extcap-config have been set. */
  readonly choices: Choices;
}

/** What can be chosen for a capture in Wireshark; undefined where nothing was. */
export interface Choices {
  readonly direction: string | undefined;
  readonly zeroCopy: boolean;
  readonly snapshotLength: string | undefined;
  readonly ring: string | undefined;
  readonly wait: boolean;
  readonly reattach: boolean;
  readonly rate: string | undefined;
}

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean' } as const;

/** Of the protocol, and after them those that config.ts offers. */
const OPTIONS = {
  'extcap-version': TEXT,
  'extcap-interfaces': FLAG,
  'extcap-interface': TEXT,
  'extcap-dlts': FLAG,
  'extcap-config': FLAG,
  'extcap-capture-filter': TEXT,
  'extcap-cleanup-postkill': FLAG,
  'extcap-control-in': TEXT,
  'extcap-control-out': TEXT,
  capture: FLAG,
  fifo: TEXT,
  direction: TEXT,
  'zero-copy': FLAG,
  'snapshot-length': TEXT,
  ring: TEXT,
  wait: FLAG,
  reattach: FLAG,
  rate: TEXT,
} as const;

/**
 * Reads the words that Wireshark passes. What a newer one adds to its protocol is ignored.
 *
 * @throws NmcapError NM_USAGE
 */
export function parseRequest(argv: readonly string[]): Request {
  const { values } = parseArgs({ args: [...argv], options: OPTIONS, strict: false });
  // Without a value; an empty one is a field that was left empty.
  const text = (name: keyof typeof OPTIONS) => {
    const value = values[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const flag = (name: keyof typeof OPTIONS) => values[name] === true;
  const needed = (name: keyof typeof OPTIONS) => {
    const value = text(name);
    if (value !== undefined) return value;
    throw badRequest(`Wireshark's request lacks --${name}`);
  };
  if (flag('capture')) {
    return {
      kind: 'capture',
      interfaceName: needed('extcap-interface'),
      fifo: needed('fifo'),
      filter: text('extcap-capture-filter'),
      controlIn: text('extcap-control-in'),
      controlOut: text('extcap-control-out'),
      choices: {
        direction: text('direction'),
        zeroCopy: flag('zero-copy'),
        snapshotLength: text('snapshot-length'),
        ring: text('ring'),
        wait: flag('wait'),
        reattach: flag('reattach'),
        rate: text('rate'),
      },
    };
  }
  if (flag('extcap-interfaces')) return { kind: 'interfaces' };
  if (flag('extcap-dlts')) return { kind: 'dlts' };
  if (flag('extcap-config')) return { kind: 'config', interfaceName: needed('extcap-interface') };
  if (flag('extcap-cleanup-postkill')) return { kind: 'clean-up' };
  const filter = values['extcap-capture-filter'];
  if (typeof filter === 'string') return { kind: 'check-filter', filter };
  throw badRequest("Wireshark's request is unknown");
}

function badRequest(message: string): NmcapError {
  return new NmcapError('NM_USAGE', message, {
    hint: "'nmcap extcap install' has Wireshark run nmcap; 'nmcap --help' lists the options for people",
  });
}
