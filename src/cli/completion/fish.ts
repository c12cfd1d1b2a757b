import {
  type CompletedOption,
  type CompletedValue,
  type Completions,
  INPUT,
  SUBCOMMANDS,
} from './model.js';

/** A script for fish 3. */
export function fishScript({ options, fields }: Completions): string {
  const withValue = options
    .filter(({ value }) => value !== undefined)
    .flatMap(({ names }) => names);
  const subcommands = Object.entries(SUBCOMMANDS).map(
    ([name, words]) =>
      `complete -c nmcap -n '__nmcap_operands_are 1:${name}' -a ${quoted(words === 'ports' ? '(__nmcap_ports)' : words.join(' '))}`,
  );
  return `# Completes nmcap's command line in fish. Made by: nmcap completion fish

# The ports that can be watched.
function __nmcap_ports
    set -l words (commandline -opc)
    $words[1] -D 2>/dev/null | awk 'NR > 1 { print $1 }'
end

# Whether so many words are neither options nor their values, and which is the first of them; with a
# port or file named by an option all of them are the filter.
function __nmcap_operands_are
    set -l words (commandline -opc)
    set -l count 0
    set -l first
    set -l is_value 0
    for word in $words[2..-1]
        if test $is_value = 1
            set is_value 0
        else if contains -- $word ${INPUT.join(' ')}
            return 1
        else if contains -- $word ${withValue.filter((name) => !INPUT.includes(name)).join(' ')}
            set is_value 1
        else if not string match -q -- '-*' $word
            test $count -gt 0; or set first $word
            set count (math $count + 1)
        end
    end
    test "$count:$first" = $argv[1]
end

complete -c nmcap -f
complete -c nmcap -n '__nmcap_operands_are 0:' -a '(__nmcap_ports)'
complete -c nmcap -n '__nmcap_operands_are 0:' -a ${quoted(Object.keys(SUBCOMMANDS).join(' '))}
${subcommands.join('\n')}
${options.map((option) => definition(option, fields)).join('\n')}
`;
}

function definition({ names, text, value }: CompletedOption, fields: readonly string[]): string {
  const spellings = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${quoted(name.slice(1))}`,
  );
  const words = ['complete -c nmcap', ...spellings];
  if (value !== undefined) words.push(argument(value, fields));
  return [...words, `-d ${quoted(text)}`].join(' ');
}

function argument({ kind, choices }: CompletedValue, fields: readonly string[]): string {
  switch (kind) {
    case 'file':
      return '-r -F';
    case 'port':
      return "-x -a '(__nmcap_ports)'";
    case 'user':
      return "-x -a '(__fish_complete_users)'";
    case 'program':
      return "-x -a '(__fish_complete_command)'";
    case 'fields':
      return `-x -a ${quoted(`(__fish_append , ${fields.join(' ')})`)}`;
    case 'choice':
      return `-x -a ${quoted(choices.join(' '))}`;
    case 'other':
      return '-x';
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}
