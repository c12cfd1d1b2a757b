import { parseArgs } from 'node:util';

import { BEGINNING } from './beginning.js';
import { LOADS } from './loads.js';

const ROW_NAMES: readonly string[] = [...LOADS.map(({ name }) => name), BEGINNING];

export const USAGE = `npm run bench:kernel -- [--module FILE] [--against COMMAND] [--rounds N] [--only ROW]…

  --module FILE      boot the kernel that this netmap.ko was built for in a virtual machine,
                     instead of measuring on this machine's /dev/netmap
  --against COMMAND  another program to measure in turn with nmcap, such as
                     'tcpdump -n -i %p -w %f': %p is the port (netmap:vale0:a/rt), %f the file
  --rounds N         captures of each program and row (default 3)
  --only ROW         ${ROW_NAMES.join(', ')}
`;

export interface KernelBenchArguments {
  readonly help: boolean;
  readonly module?: string;
  /** The words of a command in which %p and %f stand for the port and the file. */
  readonly against?: readonly string[];
  readonly rounds: number;
  readonly rows: ReadonlySet<string>;
}

/** Throws an Error that says what is wrong with the arguments. */
export function parseKernelBenchArguments(args: readonly string[]): KernelBenchArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      module: { type: 'string' },
      against: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string', multiple: true },
      help: { type: 'boolean', default: false },
    },
  });
  const { help, module, only = [] } = values;
  const unknown = only.find((name) => !ROW_NAMES.includes(name));
  if (unknown !== undefined) {
    throw new Error(`--only ${unknown}: no such row; there are ${ROW_NAMES.join(', ')}`);
  }
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds ${values.rounds}: must be a whole number, 1 or more`);
  }
  const against = values.against?.split(/\s+/).filter((word) => word !== '');
  for (const place of ['%p', '%f']) {
    if (against !== undefined && !against.some((word) => word.includes(place))) {
      throw new Error(`--against must contain ${place}, as in 'tcpdump -n -i %p -w %f'`);
    }
  }
  return {
    help,
    ...(module === undefined ? {} : { module }),
    ...(against === undefined ? {} : { against }),
    rounds,
    rows: new Set(only.length > 0 ? only : ROW_NAMES),
  };
}
