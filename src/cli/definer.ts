import { type Command, Option } from 'commander';

/** How often each letter was given that may be repeated for a stronger effect. */
export type Repeated = Record<'t' | 'v' | 'x' | 'X', number>;

/** An option by its value, or by the earlier values as well where it may be repeated. */
type Read = (value: string, earlier?: never) => unknown;

/** Another program's spelling of an option: it sets the same value, and is not in --help. */
class Synonym extends Option {
  readonly #target: Option;

  constructor(flags: string, target: Option) {
    super(flags);
    this.#target = target;
    if (target.parseArg !== undefined) this.parseArg = target.parseArg;
    this.hideHelp();
  }

  override attributeName(): string {
    return this.#target.attributeName();
  }
}

/**
 * Adds options to a command, group by group as --help shows them. The placeholder of a value is its
 * kind, by which completions offer values: `<file>`, `<port>`, `<user>`, `<program>`, `<names>`.
 */
export class Definer {
  readonly #command: Command;
  readonly #repeated: Repeated;

  constructor(command: Command, repeated: Repeated) {
    this.#command = command;
    this.#repeated = repeated;
  }

  /** The options that follow are shown under this heading. */
  group(heading: string): void {
    this.#command.optionsGroup(heading);
  }

  add(flags: string, text: string, read?: Read): Option {
    const option = new Option(flags, text);
    if (read !== undefined) option.argParser(read as (value: string, earlier: unknown) => unknown);
    this.#command.addOption(option);
    return option;
  }

  /** An option that would have no effect on a savefile. */
  addForPorts(flags: string, text: string, read?: Read): Option {
    return this.add(flags, text, read).conflicts('read');
  }

  /** A letter that is counted. */
  repeat(letter: keyof Repeated, text: string): void {
    this.add(`-${letter}`, text);
    this.#command.on(`option:${letter}`, () => {
      this.#repeated[letter]++;
    });
  }

  synonym(flags: string, target: Option): void {
    this.#command.addOption(new Synonym(flags, target));
  }
}
