#!/bin/sh
# Builds and runs the native tests three times: plain, on the addon's own objects; under
# ThreadSanitizer; and under AddressSanitizer with UndefinedBehaviorSanitizer. A word after the
# script's name runs only the tests whose names contain it.
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
native=$(find "$root/native" -name '*.cc' ! -path '*/napi/*')
tests=$(find "$here" -name '*.cc')

# The objects of these sources in a folder.
objects() {
  folder=$1
  shift
  for source in "$@"; do echo "$folder/$(basename "$source" .cc).o"; done
}

# The sources whose objects in a folder are missing or older than they are, or than any header.
outdated() {
  folder=$1
  shift
  for source in "$@"; do
    object=$folder/$(basename "$source" .cc).o
    if [ ! -e "$object" ] ||
      [ -n "$(find "$source" "$here/run.sh" "$root/native" "$here" -newer "$object" \
        \( -name '*.h' -o -path "$source" -o -name run.sh \))" ]; then
      echo "$source"
    fi
  done
}

# run NAME FLAGS SOURCES OBJECTS: compiles what is outdated, and links it with objects that are made
# already.
# shellcheck disable=SC2086
run() {
  mkdir -p "$build/$1"
  outdated "$build/$1" $3 |
    (cd "$build/$1" &&
      xargs -r -n 1 -P "$(getconf _NPROCESSORS_ONLN)" "$compiler" $flags $2 -c)
  "$compiler" $flags $2 $(objects "$build/$1" $3) $4 -lpcap -lzstd -lz -o "$build/$1/tests"
  echo "== $1"
  "$build/$1/tests" "$filter"
}

# What the addon is made of, so that what is tested is what runs.
node "$root/scripts/build-addon.mjs"
addon=
for source in $native; do
  object=${source#"$root/"}
  addon="$addon $root/build/Release/obj.target/nmcap/${object%.cc}.o"
done

run plain -O2 "$tests" "$addon"
run thread '-O1 -fsanitize=thread' "$native $tests" ''
run address '-O1 -fsanitize=address,undefined -fno-sanitize-recover=all' "$native $tests" ''
