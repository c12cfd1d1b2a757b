import { InvalidArgumentError } from 'commander';

import type { Definer } from './definer.js';

/** tcpdump's options that change nothing here, as commander returns them where that matters. */
export interface CompatibilityFlags {
  dontVerifyChecksums?: true;
  /** Without --no-optimize. */
  optimize: boolean;
}

export function addCompatibilityOptions(define: Definer): void {
  define.add('-n', 'addresses and ports are never resolved');
  define.add('-N', 'host names are never printed');
  define.add('-l', 'lines are flushed whenever the port is idle');
  define.add('-U, --packet-buffered', 'output is flushed whenever the port is idle');
  define.add('-p, --no-promiscuous-mode', 'a monitor never sets promiscuous mode');
  define.add('-K, --dont-verify-checksums', 'only -v verifies checksums');
  define.add('-O, --no-optimize', 'the optimizer does not change what passes');
  define.add('--immediate-mode', 'packets are never held back');
  define
    .add('-y, --linktype <type>', 'the link type is always EN10MB')
    .choices(['EN10MB'])
    .argParser(ethernet);
}

function ethernet(value: string): string {
  if (value.toUpperCase() === 'EN10MB') return value;
  throw new InvalidArgumentError('expected EN10MB: ports have no other link type');
}
