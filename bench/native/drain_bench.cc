// The drain thread against a plain loop that only copies frame bytes out of the same rings:
//
//   drain_bench alone|rings FRAME-LENGTH ROUNDS MILLISECONDS [FILTER]
//
// `alone`: on a device that costs nothing. `rings`: on the simulated device, with traffic as fast as
// it goes. A round measures the plain loop, the drain thread, and the drain thread with the filter,
// so long each; it is one line of JSON: frames a second of each.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>

#include "../../native/sim/traffic.h"
#include "readers.h"
#include "treadmill.h"

namespace nmcap::bench {
namespace {

constexpr char kName[] = "em0";
constexpr std::uint32_t kSlots = 1024;

PortRequest monitor() {
  PortRequest request;
  request.name = kName;
  // As nmcap asks for them.
  request.rxSlots = 4096;
  request.flags = abi::kMonitorRx | abi::kMonitorTx;
  return request;
}

// A simulated NIC, and the application that sends and receives on it.
class BusyNic {
 public:
  explicit BusyNic(std::uint32_t frameLength) {
    sim::NicConfig nic;
    nic.name = kName;
    nic.slots = kSlots;
    device_.addNic(nic);
    sim::TrafficOptions options;
    options.port.name = kName;
    options.loadLength = frameLength;
    traffic_ = std::make_unique<sim::Traffic>(device_, options, std::vector<std::uint8_t>());
    traffic_->start();
  }

  NetmapSys& sys() { return device_; }

 private:
  sim::Device device_;
  std::unique_ptr<sim::Traffic> traffic_;
};

void print(const char* name, Reading reading, const char* end) {
  std::printf("\"%s\":%.0f%s", name, reading.framesPerSecond, end);
  if (reading.lostPerSecond != 0) {
    std::fprintf(stderr, "%s: %.0f frames a second discarded\n", name, reading.lostPerSecond);
  }
}

void measure(NetmapSys& sys, int rounds, std::chrono::milliseconds time,
             const char* filter) {
  const auto attached = [&sys] { return Port(sys, monitor()); };
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
      print("drain", readByDrain(port, time, nullptr), filter != nullptr ? "," : "}\n");
    }
    if (filter != nullptr) {
      Port port = attached();
      print("filtered", readByDrain(port, time, filter), "}\n");
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
    Treadmill treadmill(kSlots, length);
    measure(treadmill, rounds, time, filter);
  } else {
    BusyNic nic(length);
    measure(nic.sys(), rounds, time, filter);
  }
  return 0;
}

}  // namespace
}  // namespace nmcap::bench

int main(int argc, char** argv) {
  try {
    return nmcap::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "drain_bench: %s\n", error.what());
    return 1;
  }
}
