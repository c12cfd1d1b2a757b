import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';

import { NMCAP, watch } from './nmcap.js';
import { until } from './until.js';

export type InteractiveShell = 'bash' | 'zsh' | 'fish';

const LINE_START = '\u0001';
const LINE_END = '\u0005';

/** How an interactive shell is started without a user's files, and the key that inserts all completions. */
const ON_TERMINAL = {
  bash: {
    start: 'bash --norc --noprofile -i',
    setUp: [],
    insertAll: '\u001b*',
  },
  zsh: {
    start: 'zsh -f -i',
    // zshcompsys(1), all-matches.
    setUp: [
      'bindkey -e',
      'autoload -U compinit && compinit -u -D',
      "zle -C all-matches complete-word _generic && bindkey '^Xa' all-matches",
      "zstyle ':completion:all-matches:*' insert yes",
      "zstyle ':completion:all-matches::::' completer _all_matches _complete",
    ],
    insertAll: '\u0018a',
  },
} as const;

/** With the program under test on the PATH, and a terminal that knows no colours. */
const ENVIRONMENT = {
  ...process.env,
  PATH: `${path.dirname(NMCAP)}:${process.env['PATH'] ?? ''}`,
  TERM: 'dumb',
};

/** A shell that is asked for completions. */
export interface CompletingShell {
  /**
   * The words of a line after all completions of its last one have been inserted; with `more`, after
   * the only one has been, and that has been typed. fish does without the latter.
   */
  completed(line: string, more?: string): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * Starts a shell in a folder. bash and zsh have a terminal, and get lines and keys from it; fish is
 * asked by its own command.
 *
 * @param setUp commands that load the completions
 */
export function openShell(
  shell: InteractiveShell,
  setUp: string,
  folder: string,
): Promise<CompletingShell> {
  return shell === 'fish'
    ? Promise.resolve(fish(setUp, folder))
    : onTerminal(ON_TERMINAL[shell], setUp, folder);
}

async function onTerminal(
  { start, setUp: before, insertAll }: (typeof ON_TERMINAL)['bash' | 'zsh'],
  setUp: string,
  folder: string,
): Promise<CompletingShell> {
  const child = spawn('script', ['-qfec', start, '/dev/null'], { cwd: folder, env: ENVIRONMENT });
  const running = watch(child);
  const type = (keys: string) => {
    child.stdin.write(keys);
  };
  let seen = 0;
  const output = () => running.stdout().slice(seen).replaceAll('\r', '');
  // In two pieces, which the terminal's echo of this line has as well.
  type(`${[...before, setUp].join('; ')}; PS1='REA''DY> '\n`);
  await until(() => output().includes('READY>'), output);
  return {
    async completed(line, more = '') {
      seen = running.stdout().length;
      // The line is not run but printed: the words that the shell makes of it.
      const keys = more === '' ? insertAll : `\t${more}`;
      type(`${line}${keys}${LINE_START}printf '<%s>' ${LINE_END} END\n`);
      await until(() => /<END>[^]*READY>/.test(output()), output);
      const [, printed = ''] = /(<nmcap>.*)<END>/s.exec(output()) ?? [];
      return [...printed.matchAll(/<(.*?)>/gs)].map(([, word = '']) => word);
    },
    async close() {
      type('exit\n');
      await running.ended();
    },
  };
}

function fish(setUp: string, folder: string): CompletingShell {
  return {
    completed(line) {
      const ask = `complete -C ${JSON.stringify(line)}`;
      const { stdout } = spawnSync('fish', ['--no-config', '-c', `${setUp}; ${ask}`], {
        cwd: folder,
        env: ENVIRONMENT,
        encoding: 'utf8',
      });
      const candidates = stdout.split('\n').slice(0, -1);
      const words = line.split(' ').slice(0, -1);
      return Promise.resolve([...words, ...candidates.map((text) => text.replace(/\t.*/s, ''))]);
    },
    close: () => Promise.resolve(),
  };
}
