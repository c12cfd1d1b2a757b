#!/bin/sh
# Formats the native code according to .clang-format; --check only reports what is not.
set -eu

cd "$(dirname "$0")/.."
if ! command -v clang-format > /dev/null; then
  echo 'format: clang-format is not installed; leaving the native code as it is' >&2
  # A check that cannot be made has not passed.
  [ "${1:-}" != --check ] || exit 1
  exit 0
fi
how=-i
[ "${1:-}" != --check ] || how='--dry-run --Werror'
# shellcheck disable=SC2086
find native test/addon test/native bench/native -name '*.cc' -o -name '*.h' | xargs clang-format $how
