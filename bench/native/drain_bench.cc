// The drain thread against a plain loop that only copies frame bytes out of the same rings:
//
//   drain_bench alone|rings FRAME-LENGTH ROUNDS MILLISECONDS [FILTER]
//
// `alone`: on a device that costs nothing. `rings`: on the simulated device, with traffic as fast
// as it goes. A round measures the plain loop, the drain thread, and the drain thread with the
// filter, so long each; it is one line of JSON: frames a second of each.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

#include "busy_nics.h"
#include "readers.h"
#include "run_main.h"
#include "treadmill.h"

namespace nmcap::bench {
namespace {

void print(const char* name, Reading reading, const char* end) {
  std::printf("\"%s\":%.0f%s", name, static_cast<double>(reading.frames) / reading.seconds, end);
  if (reading.discarded != 0) {
    std::fprintf(stderr, "%s: %llu frames discarded\n", name,
                 static_cast<unsigned long long>(reading.discarded));
  }
}

void measure(NetmapSys& sys, int rounds, std::chrono::milliseconds time, const char* filter) {
  const auto attached = [&sys] { return Port(sys, wholeMonitor()); };
  {
    Port port = attached();
    readPlainly(port, time / 4);
  }
  for (int i = 0; i < rounds; i++) {
    std::printf("{");
    {
      Port port = attached();
      print("plain", readPlainly(port, time), ",");
    }
    {
      Port port = attached();
      print("drain", readByDrain({&port}, time, nullptr), filter != nullptr ? "," : "}\n");
    }
    if (filter != nullptr) {
      Port port = attached();
      print("filtered", readByDrain({&port}, time, filter), "}\n");
    }
    std::fflush(stdout);
  }
}

int run(int argc, char** argv) {
  if (argc < 5) throw std::invalid_argument("see the head of drain_bench.cc");
  const std::string device = argv[1];
  const auto length = static_cast<std::uint32_t>(std::atoi(argv[2]));
  const int rounds = std::atoi(argv[3]);
  const std::chrono::milliseconds time(std::atoi(argv[4]));
  const char* const filter = argc > 5 ? argv[5] : nullptr;
  if (device == "alone") {
    Treadmill treadmill(kNicSlots, length);
    measure(treadmill, rounds, time, filter);
  } else {
    BusyNics nics(1, length, 0, 0, 1);
    nics.start();
    measure(nics.sys(), rounds, time, filter);
  }
  return 0;
}

}  // namespace
}  // namespace nmcap::bench

int main(int argc, char** argv) {
  return nmcap::bench::runMain("drain_bench", nmcap::bench::run, argc, argv);
}
