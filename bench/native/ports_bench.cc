// Two busy ports, drained by one loop and by a thread each:
//
//   ports_bench FRAME-LENGTH RATE ROUNDS MILLISECONDS
//
// RATE: frames a second of each port, 0: as fast as it goes. A round measures both, so long each;
// it is one line of JSON: frames a second of each, both ports together.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "busy_nics.h"
#include "readers.h"
#include "run_main.h"

namespace nmcap::bench {
namespace {

double rate(Reading reading) { return static_cast<double>(reading.frames) / reading.seconds; }

double oneLoop(NetmapSys& sys, std::chrono::milliseconds time) {
  Port first(sys, wholeMonitor(0));
  Port second(sys, wholeMonitor(1));
  return rate(readByDrain({&first, &second}, time, nullptr));
}

double threadEach(NetmapSys& sys, std::chrono::milliseconds time) {
  Port first(sys, wholeMonitor(0));
  Port second(sys, wholeMonitor(1));
  double other = 0;
  std::thread thread([&] { other = rate(readByDrain({&second}, time, nullptr)); });
  const double own = rate(readByDrain({&first}, time, nullptr));
  thread.join();
  return own + other;
}

int run(int argc, char** argv) {
  if (argc != 5) throw std::invalid_argument("see the head of ports_bench.cc");
  const auto length = static_cast<std::uint32_t>(std::atoi(argv[1]));
  const double framesPerSecond = std::atof(argv[2]);
  const int rounds = std::atoi(argv[3]);
  const std::chrono::milliseconds time(std::atoi(argv[4]));
  BusyNics nics(2, length, framesPerSecond, 0, 1);
  nics.start();
  for (int i = 0; i < rounds; i++) {
    const double loop = oneLoop(nics.sys(), time);
    const double threads = threadEach(nics.sys(), time);
    std::printf("{\"loop\":%.0f,\"threads\":%.0f}\n", loop, threads);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace nmcap::bench

int main(int argc, char** argv) {
  return nmcap::bench::runMain("ports_bench", nmcap::bench::run, argc, argv);
}
