import { spawnSync } from 'node:child_process';

import { nmcap } from './nmcap.js';

export type OtherProgram = 'tcpdump' | 'dumpcap' | 'tshark';

/**
 * Those that are not capture options of dumpcap and tshark, but read as negative numbers, or as what
 * another program would be.
 */
const NOT_OPTIONS = new Set(['-2']);

/** The options that the installed program's own --help shows, as `-i` and `--interface`. */
export function programOptions(program: OtherProgram): string[] {
  const { stdout, stderr } = spawnSync(program, ['--help'], { encoding: 'utf8' });
  const help = stdout + stderr;
  const found = program === 'tcpdump' ? ofUsage(help) : ofTable(help);
  return [...new Set(found)].filter((option) => !NOT_OPTIONS.has(option));
}

/** The options that nmcap's own --help shows, by all their names, sorted. */
export function shownOptions(): string[] {
  const lines = nmcap(['--help']).stdout.matchAll(/^ {2,6}(-\S+?)(?:, (--\S+))?(?: |$)/gm);
  return [...lines].flatMap(([, short = '', long]) => [short, long ?? []].flat()).toSorted();
}

/** tcpdump's: `[-AbdD]`, `[ -B size ]`, `[ --count ]`. */
function ofUsage(help: string): string[] {
  const [, letters = ''] = /\[-(\S+)\]/.exec(help) ?? [];
  const others = [...help.matchAll(/\[ (-\S+)/g)].map(([, option = '']) => option);
  return [...letters.split('').map((letter) => `-${letter}`), ...others];
}

/** The Wireshark programs': `  -i <interface>, --interface <interface>`. */
function ofTable(help: string): string[] {
  return [...help.matchAll(/^ {2}(-\S.*)$/gm)].flatMap(([, line = '']) =>
    [...line.matchAll(/(?:^|, )(--?[\w-]+)/g)].map(([, option = '']) =>
      option.startsWith('--') ? option : option.slice(0, 2),
    ),
  );
}
