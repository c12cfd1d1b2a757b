import {
  type CompletedOption,
  type CompletedValue,
  type Completions,
  INPUT,
  SUBCOMMANDS,
} from './model.js';

const REPEATABLE = new Set(['-i', '-a', '-b', '-t', '-v', '-x', '-X']);

/** A script for zsh, to be a file _nmcap in $fpath, or to be sourced after compinit. */
export function zshScript({ options, fields }: Completions): string {
  const subcommands = Object.entries(SUBCOMMANDS).map(
    ([name, words]) =>
      `  [[ $words[2] != ${name} || $CURRENT -ne 3 ]] || ${words === 'ports' ? '_nmcap_ports "$@"' : `compadd "$@" -- ${words.join(' ')}`}`,
  );
  return `#compdef nmcap
# Completes nmcap's command line in zsh. Made by: nmcap completion zsh

_nmcap() {
  _arguments -s -S : \\
${options.flatMap(specifications).join('')}    '1: :_nmcap_first' \\
    '*: :_nmcap_rest'
}

# The ports that can be watched.
_nmcap_ports() {
  local -a ports
  ports=(\${(f)"$(_call_program ports $words[1] -D 2> /dev/null | awk 'NR > 1 { print $1 }')"})
  compadd "$@" -a ports
}

_nmcap_first() {
  # With one of these, all words are the filter.
  (( ! \${words[(I)${INPUT.join('|')}]} )) || return
  _nmcap_ports "$@"
  [[ $CURRENT -ne 2 ]] || compadd "$@" -- ${Object.keys(SUBCOMMANDS).join(' ')}
}

_nmcap_rest() {
${subcommands.join('\n')}
}

# Beginnings of values.
_nmcap_prefixes() {
  compadd -S '' "$@"
}

_nmcap_fields() {
  _sequence compadd - \\
    ${fields.join(' ')}
}

if [[ $funcstack[1] == _nmcap ]]; then
  _nmcap "$@"
else
  compdef _nmcap nmcap
fi
`;
}

/** A line for each name of an option, as _arguments has it (zshcompsys(1)). */
function specifications({ names, text, value }: CompletedOption): string[] {
  const isRepeatable = names.some((name) => REPEATABLE.has(name));
  const excluded = isRepeatable ? '*' : `(${names.join(' ')})`;
  const explanation = `[${text.replaceAll(/[[\]\\]/g, String.raw`\$&`)}]`;
  return names.map((name) => {
    const joint = value === undefined ? '' : name.startsWith('--') ? '=' : '+';
    const rest = value === undefined ? '' : `:${colons(value.placeholder)}:${action(value)}`;
    return `    ${quoted(`${excluded}${name}${joint}${explanation}${rest}`)} \\\n`;
  });
}

function action({ kind, choices }: CompletedValue): string {
  switch (kind) {
    case 'file':
      return '_files';
    case 'port':
      return '_nmcap_ports';
    case 'user':
      return '_users';
    case 'program':
      return '_command_names -e';
    case 'fields':
      return '_nmcap_fields';
    case 'choice':
      return choices.some((choice) => choice.endsWith(':'))
        ? `_nmcap_prefixes ${colons(choices.join(' '))}`
        : `(${choices.join(' ')})`;
    case 'other':
      return ' ';
  }
}

function colons(text: string): string {
  return text.replaceAll(':', String.raw`\:`);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
