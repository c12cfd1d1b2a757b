import type { SummaryOptions } from '../../src/print/summary.js';

/** The printer's options that change what decoders write. */
export const VARIANTS: Readonly<Record<string, Partial<SummaryOptions>>> = {
  plain: {},
  '-e': { linkHeader: true },
  '-q': { quiet: true },
  '-e -q': { linkHeader: true, quiet: true },
  '-v': { verbosity: 1 },
  '-vv -e': { verbosity: 2, linkHeader: true },
  '-vvv': { verbosity: 3 },
  '-S -x': { absoluteSequence: true, dump: 'hex' },
};
