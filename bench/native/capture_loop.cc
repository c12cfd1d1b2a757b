// The plain capture loop (plain_capture.h) beside the simulated application, as nmcap is:
//
//   capture_loop FILE FRAME-LENGTH RATE FRAMES WARM-UP     one line of JSON
//
// RATE: frames per second that are sent, 0: as fast as possible. It writes FRAMES frames and
// reports the time and the thread's processor time that they took, without the first WARM-UP of
// them, and how many frames were sent until then.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>

#include "busy_nics.h"
#include "plain_capture.h"
#include "run_main.h"

namespace nmcap::bench {
namespace {

using Clock = std::chrono::steady_clock;

// Of this thread, user and system, seconds.
double processorSeconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

int run(int argc, char** argv) {
  if (argc != 6) throw std::invalid_argument("see the head of capture_loop.cc");
  const auto length = static_cast<std::uint32_t>(std::atoi(argv[2]));
  const double rate = std::atof(argv[3]);
  const std::uint64_t frames = std::strtoull(argv[4], nullptr, 10);
  const std::uint64_t warmUp = std::strtoull(argv[5], nullptr, 10);
  File file(argv[1]);
  BusyNics nics(1, length, rate, 0, 1);
  Port port(nics.sys(), wholeMonitor());
  PlainCapture loop(port, file);
  nics.start();
  loop.run(warmUp);
  const auto start = Clock::now();
  const std::uint64_t sentBefore = nics.sent();
  const double processorBefore = processorSeconds();
  loop.run(frames);
  const double processor = processorSeconds() - processorBefore;
  const std::uint64_t sent = nics.sent() - sentBefore;
  const std::chrono::duration<double> time = Clock::now() - start;
  std::printf("{\"frames\":%llu,\"sent\":%llu,\"seconds\":%.6f,\"processorSeconds\":%.6f}\n",
              static_cast<unsigned long long>(frames - warmUp),
              static_cast<unsigned long long>(sent), time.count(), processor);
  return 0;
}

}  // namespace
}  // namespace nmcap::bench

int main(int argc, char** argv) {
  return nmcap::bench::runMain("capture_loop", nmcap::bench::run, argc, argv);
}
