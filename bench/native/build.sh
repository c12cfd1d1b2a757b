#!/bin/sh
# Builds the programs that the benchmark measures with and against, from the objects of the addon
# as it is built: build/bench/capture_loop, drain_bench, frame_sender, kernel_loop,
# load_check, loop_loss, number_check, ports_bench and stalling_disk.so.
set -eu

cd "$(dirname "$0")/../.."
out=build/bench
objects=build/Release/obj.target/nmcap
compiler=${CXX:-c++}

outdated() {
  [ ! -e "$1" ] || [ -n "$(find bench/native "$objects/native" -newer "$1" -type f)" ]
}

program() {
  name=$1
  shift
  outdated "$out/$name" || return 0
  "$compiler" -std=c++17 -O2 -Wall -Wextra -Werror -pthread -Inative "$@" -o "$out/$name"
}

mkdir -p "$out"
# By their sources: an object of a source that has moved may still be there.
core=$(find native -name '*.cc' ! -path '*/napi/*' | sed "s,^,$objects/,; s,\.cc$,.o,")
# shellcheck disable=SC2086
program drain_bench bench/native/drain_bench.cc bench/native/readers.cc bench/native/treadmill.cc \
  $core -lpcap -lzstd -lz
# shellcheck disable=SC2086
program capture_loop bench/native/capture_loop.cc $core -lpcap -lzstd -lz
# shellcheck disable=SC2086
program loop_loss bench/native/loop_loss.cc bench/native/readers.cc $core -lpcap -lzstd -lz
# shellcheck disable=SC2086
program ports_bench bench/native/ports_bench.cc bench/native/readers.cc $core -lpcap -lzstd -lz
program load_check bench/native/load_check.cc bench/native/packet_stream.cc
program frame_sender bench/native/frame_sender.cc \
  "$objects/native/netmap/port.o" "$objects/native/netmap/ring.o" \
  "$objects/native/netmap/kernel_sys.o"
program kernel_loop bench/native/kernel_loop.cc \
  "$objects/native/netmap/port.o" "$objects/native/netmap/ring.o" \
  "$objects/native/netmap/kernel_sys.o"
program number_check bench/native/number_check.cc bench/native/packet_stream.cc
program stalling_disk.so -shared -fPIC bench/native/stalling_disk.cc -ldl
