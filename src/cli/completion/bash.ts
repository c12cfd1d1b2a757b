import { type CompletedOption, type Completions, INPUT, namesOf, SUBCOMMANDS } from './model.js';

/** A script for bash 4.2 or newer; it needs nothing of the package bash-completion. */
export function bashScript({ options, fields }: Completions): string {
  const withValue = options.filter(({ value }) => value !== undefined);
  const choices = withValue.filter(({ value }) => value?.kind === 'choice').map(choiceCase);
  const subcommands = Object.entries(SUBCOMMANDS).map(
    ([name, words]) =>
      `        1:${name}) candidates=${words === 'ports' ? '$(_nmcap_ports "$1")' : list(words)} ;;`,
  );
  return `# Completes nmcap's command line in bash. Made by: nmcap completion bash

_nmcap() {
  COMPREPLY=()
  # Readline splits words at colons, which ports' names have.
  local line=\${COMP_LINE:0:COMP_POINT} lead='' candidates='' breaks rest at
  local word=\${line##*[[:space:]]}
  local -a words=()
  read -ra words <<< "\${line%"$word"}"
  local previous=\${words[\${#words[@]} - 1]}
  if [[ $word == --*=* ]]; then
    previous=\${word%%=*}
    lead=$previous=
  fi
  case $previous in
    ${pattern(namesOf(options, 'file'))})
      compopt -o default
      return
      ;;
    ${pattern(namesOf(options, 'port'))}) candidates=$(_nmcap_ports "$1") ;;
    ${pattern(namesOf(options, 'user'))}) candidates=$(compgen -u) ;;
    ${pattern(namesOf(options, 'program'))}) candidates=$(compgen -c -- "\${word#"$lead"}") ;;
    ${pattern(namesOf(options, 'fields'))})
      compopt -o nospace
      [[ \${word#"$lead"} != *,* ]] || lead=\${word%,*},
      candidates=${list(fields)}
      ;;
${choices.join('\n')}
    ${pattern(namesOf(options, 'other'))}) return ;;
    *)
      if [[ $word == -* ]]; then
        candidates=${list(options.flatMap(({ names }) => names))}
      else
        at=$(_nmcap_operands "\${words[@]:1}")
        case $at in
          0:) candidates=$(_nmcap_ports "$1")$'\\n'${list(Object.keys(SUBCOMMANDS))} ;;
  ${subcommands.join('\n')}
        esac
      fi
      ;;
  esac
  while read -r rest; do
    [[ -z $rest || $lead$rest != "$word"* ]] || COMPREPLY+=("$lead$rest")
  done <<< "$candidates"
  # Of a candidate, readline wants what follows the last place where it has split the word.
  breaks=\${COMP_WORDBREAKS//[^=:@]/}
  if [[ -n $breaks && \${#COMPREPLY[@]} -gt 0 ]]; then
    rest=\${word##*["$breaks"]}
    COMPREPLY=("\${COMPREPLY[@]#"\${word%"$rest"}"}")
  fi
}

# The ports that can be watched.
_nmcap_ports() {
  "$1" -D 2> /dev/null | awk 'NR > 1 { print $1 }'
}

# How many words are neither options nor their values, and the first of them; with a port or file named
# by an option all of them are the filter.
_nmcap_operands() {
  local count=0 first=''
  while [[ $# -gt 0 ]]; do
    case $1 in
      ${pattern(INPUT)}) echo filter && return ;;
      ${pattern(withValue.flatMap(({ names }) => names).filter((name) => !INPUT.includes(name)))})
        [[ $# -lt 2 ]] || shift
        ;;
      -?*) ;;
      *)
        [[ $count -gt 0 ]] || first=$1
        count=$((count + 1))
        ;;
    esac
    shift
  done
  echo "$count:$first"
}

complete -F _nmcap nmcap
`;
}

function choiceCase({ names, value }: CompletedOption): string {
  const choices = value?.choices ?? [];
  const isPrefix = choices.some((choice) => choice.endsWith(':'));
  const nospace = isPrefix ? 'compopt -o nospace && ' : '';
  return `    ${pattern(names)}) ${nospace}candidates=${list(choices)} ;;`;
}

function pattern(names: readonly string[]): string {
  return names.join(' | ');
}

/** A line for each. */
function list(words: readonly string[]): string {
  return `$'${words.join('\\n')}'`;
}
