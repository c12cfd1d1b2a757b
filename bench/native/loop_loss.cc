// How much the least that any reader does loses of a load, on this machine:
//
//   loop_loss FRAME-LENGTH RATE SECONDS RINGS     one line of JSON: frames sent, frames read
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include "busy_nics.h"
#include "readers.h"
#include "run_main.h"

namespace nmcap::bench {
namespace {

int run(int argc, char** argv) {
  if (argc != 5) throw std::invalid_argument("see the head of loop_loss.cc");
  const auto length = static_cast<std::uint32_t>(std::atoi(argv[1]));
  const double rate = std::atof(argv[2]);
  const double seconds = std::atof(argv[3]);
  const auto rings = static_cast<std::uint16_t>(std::atoi(argv[4]));
  const auto sent = static_cast<std::uint64_t>(rate * seconds);
  BusyNics nics(1, length, rate, sent, rings);
  Port port(nics.sys(), wholeMonitor());
  nics.start();
  // Time to spare, since the load's schedule moves when the machine stalls.
  const std::chrono::duration<double> time(seconds * 1.2 + 1);
  const Reading reading =
      readPlainly(port, std::chrono::duration_cast<std::chrono::nanoseconds>(time));
  if (!nics.finished()) throw std::runtime_error("the load did not end in time");
  std::printf("{\"sent\":%llu,\"read\":%llu}\n", static_cast<unsigned long long>(sent),
              static_cast<unsigned long long>(reading.frames));
  return 0;
}

}  // namespace
}  // namespace nmcap::bench

int main(int argc, char** argv) {
  return nmcap::bench::runMain("loop_loss", nmcap::bench::run, argc, argv);
}
