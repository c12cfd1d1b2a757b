import type { Command, Option } from 'commander';

/** The words that may stand first instead of a port, each with those that may follow, or ports. */
export const SUBCOMMANDS: Readonly<Record<string, readonly string[] | 'ports'>> = {
  completion: ['bash', 'zsh', 'fish'],
  extcap: ['install', 'remove'],
  doctor: 'ports',
  version: [],
};

/** With these all words are the filter, and none is a port. */
export const INPUT: readonly string[] = ['-i', '--interface', '-r', '--read'];

/** What a value is, which the shell knows how to complete; `other` values are typed. */
export type ValueKind = 'file' | 'port' | 'user' | 'program' | 'fields' | 'choice' | 'other';

const KINDS: Readonly<Record<string, ValueKind>> = {
  file: 'file',
  port: 'port',
  user: 'user',
  program: 'program',
  names: 'fields',
};

/** An option as a shell completes it. */
export interface CompletedOption {
  /** `-d` and `--direction`, or one of them. */
  readonly names: readonly string[];
  readonly text: string;
  readonly value: CompletedValue | undefined;
}

export interface CompletedValue {
  readonly placeholder: string;
  readonly kind: ValueKind;
  /** Of the kind `choice`; one that ends in a colon is the beginning of a value. */
  readonly choices: readonly string[];
}

/** What the scripts are made of. */
export interface Completions {
  readonly options: readonly CompletedOption[];
  /** Names of fields for --fields. */
  readonly fields: readonly string[];
}

/** The options that --help shows. */
export function completedOptions(command: Command): CompletedOption[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      names: [option.short, option.long].filter((name) => name !== undefined),
      text: option.description,
      value: option.required ? valueOf(option) : undefined,
    }));
}

/** The names of all options whose value is of that kind. */
export function namesOf(options: readonly CompletedOption[], kind: ValueKind): string[] {
  return options.flatMap(({ names, value }) => (value?.kind === kind ? names : []));
}

function valueOf({ flags, argChoices }: Option): CompletedValue {
  const [, placeholder = ''] = /<(.*)>/.exec(flags) ?? [];
  const kind = argChoices === undefined ? (KINDS[placeholder] ?? 'other') : 'choice';
  return { placeholder, kind, choices: argChoices ?? [] };
}
