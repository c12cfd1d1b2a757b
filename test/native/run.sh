#!/bin/sh
# Builds and runs the native tests three times: plain, under ThreadSanitizer, and under
# AddressSanitizer with UndefinedBehaviorSanitizer. A word after the script's name runs only the
# tests whose names contain it.
#
# ThreadSanitizer judges by addresses: it sees no race between the simulated kernel and a user of
# its rings, who have the same memory mapped at different places. It sees all others.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=${NMCAP_NATIVE_BUILD:-$root/build/native-test}
compiler=${CXX:-c++}
# Lines of code are all that a sanitizer's report needs, and take a third less to compile than -g.
flags="-std=c++17 -g1 -Wall -Wextra -Werror -pthread -I$root/native"
filter=${1:-}

# All but the N-API surface, which only node can load: a list of those that are needed would go stale.
sources=$(find "$root/native" "$here" -name '*.cc' ! -path '*/napi/*')

objects() {
  for source in $sources; do echo "$1/$(basename "$source" .cc).o"; done
}

# The sources whose objects are missing or older than they are, or than any header.
outdated() {
  for source in $sources; do
    object=$1/$(basename "$source" .cc).o
    if [ ! -e "$object" ] ||
      [ -n "$(find "$source" "$here/run.sh" "$root/native" "$here" -newer "$object" \
        \( -name '*.h' -o -path "$source" -o -name run.sh \))" ]; then
      echo "$source"
    fi
  done
}

run() {
  name=$1
  shift
  mkdir -p "$build/$name"
  # shellcheck disable=SC2086
  outdated "$build/$name" |
    (cd "$build/$name" &&
      xargs -r -n 1 -P "$(getconf _NPROCESSORS_ONLN)" "$compiler" $flags "$@" -c)
  # shellcheck disable=SC2086
  "$compiler" $flags "$@" $(objects "$build/$name") -lpcap -lzstd -lz -o "$build/$name/tests"
  echo "== $name"
  "$build/$name/tests" "$filter"
}

run plain -O2
run thread -O1 -fsanitize=thread
run address -O1 -fsanitize=address,undefined -fno-sanitize-recover=all
