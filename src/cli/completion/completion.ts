import type { Command } from 'commander';

import { fieldNames } from '../../index.js';
import { usageError } from '../usage.js';
import { bashScript } from './bash.js';
import { fishScript } from './fish.js';
import { completedOptions, type Completions } from './model.js';
import { zshScript } from './zsh.js';

const SCRIPTS: ReadonlyMap<string, (completions: Completions) => string> = new Map([
  ['bash', bashScript],
  ['zsh', zshScript],
  ['fish', fishScript],
]);

/**
 * The script by which a shell completes nmcap's command line, made from the definitions of its options.
 *
 * @param words that follow `completion`
 * @throws NmcapError NM_USAGE
 */
export async function completionScript(
  command: Command,
  words: readonly string[],
): Promise<string> {
  const [shell = '', ...others] = words;
  const script = others.length === 0 ? SCRIPTS.get(shell) : undefined;
  if (script === undefined) {
    throw usageError(
      "'nmcap completion' needs the name of a shell: bash, zsh or fish",
      "'nmcap completion bash' prints its script; 'nmcap -i completion' watches a port of that name",
    );
  }
  return script({ options: completedOptions(command), fields: await fieldNames() });
}
