// The plain capture loop (plain_capture.h) beside the simulated application, as nmcap is:
//
//   capture_loop FILE FRAME-LENGTH RATE FRAMES     one line of JSON
//
// RATE: frames per second that are sent, 0: as fast as possible. It writes FRAMES frames and
// reports the time that they took, and how many were sent until then.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "busy_nics.h"
#include "plain_capture.h"
#include "run_main.h"

namespace nmcap::bench {
namespace {

using Clock = std::chrono::steady_clock;

int run(int argc, char** argv) {
  if (argc != 5) throw std::invalid_argument("see the head of capture_loop.cc");
  const auto length = static_cast<std::uint32_t>(std::atoi(argv[2]));
  const double rate = std::atof(argv[3]);
  const std::uint64_t frames = std::strtoull(argv[4], nullptr, 10);
  File file(argv[1]);
  BusyNics nics(1, length, rate, 0, 1);
  Port port(nics.sys(), wholeMonitor());
  PlainCapture loop(port, file);
  const auto start = Clock::now();
  nics.start();
  loop.run(frames);
  const std::uint64_t sent = nics.sent();
  const std::chrono::duration<double> time = Clock::now() - start;
  std::printf("{\"frames\":%llu,\"sent\":%llu,\"seconds\":%.6f}\n",
              static_cast<unsigned long long>(frames), static_cast<unsigned long long>(sent),
              time.count());
  return 0;
}

}  // namespace
}  // namespace nmcap::bench

int main(int argc, char** argv) {
  return nmcap::bench::runMain("capture_loop", nmcap::bench::run, argc, argv);
}
