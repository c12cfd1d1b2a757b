import type { Command } from 'commander';

import { parsePorts } from '../index.js';
import type { Flags } from './command.js';
import { wantsColour } from './display-options.js';
import type { DoctorOptions } from './options.js';
import { otherOption, usageError } from './usage.js';

const USEFUL = ['interface', 'write', 'json', 'color', 'n'];

/**
 * `nmcap doctor [PORT]`; the options are those of a capture, as far as they matter.
 *
 * @param words that follow `doctor`
 * @throws NmcapError NM_USAGE, NM_BAD_PORT_NAME
 */
export function doctorOptions(
  command: Command,
  words: readonly string[],
  stdoutIsTerminal: boolean,
): DoctorOptions {
  const flags = command.opts<Flags>();
  const names = [...(flags.interface ?? []), ...words];
  const extra = otherOption(command, USEFUL) ?? names[1];
  if (extra !== undefined) throw misuse(`'${extra}' cannot be combined with it`);
  if (flags.write === '-') throw misuse("'-w -' names no folder");
  const [name] = names;
  return {
    task: 'doctor',
    port: name === undefined ? undefined : parsePorts([name]).ports[0],
    write: flags.write,
    json: flags.json ?? false,
    colour: wantsColour(flags.color ?? 'auto', stdoutIsTerminal),
  };
}

function misuse(reason: string): Error {
  return usageError(
    `'nmcap doctor' examines the system, or one port: ${reason}`,
    "'nmcap doctor em0 -w FILE' also examines FILE's folder; 'nmcap -i doctor' watches a port of that name",
  );
}
