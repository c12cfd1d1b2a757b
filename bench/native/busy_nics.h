// Simulated NICs on one device, and the applications that send and receive on them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/traffic.h"

namespace nmcap::bench {

constexpr std::uint32_t kNicSlots = 1024;

inline std::string nicName(std::size_t number) { return "em" + std::to_string(number); }

// A monitor of all that a NIC sends and receives, as nmcap asks for it.
inline PortRequest wholeMonitor(std::size_t number = 0) {
  PortRequest request;
  request.name = nicName(number);
  request.rxSlots = 4096;
  request.flags = abi::kMonitorRx | abi::kMonitorTx;
  return request;
}

class BusyNics {
 public:
  // `framesPerSecond` of each, 0: as fast as possible; `count` frames of each, 0: no end.
  BusyNics(std::size_t nics, std::uint32_t frameLength, double framesPerSecond, std::uint64_t count,
           std::uint16_t rings) {
    for (std::size_t i = 0; i < nics; i++) {
      sim::NicConfig nic;
      nic.name = nicName(i);
      nic.rings = rings;
      nic.slots = kNicSlots;
      device_.addNic(nic);
      sim::TrafficOptions options;
      options.port.name = nic.name;
      options.loadLength = frameLength;
      options.framesPerSecond = framesPerSecond;
      options.count = count;
      traffic_.push_back(
          std::make_unique<sim::Traffic>(device_, options, std::vector<std::uint8_t>()));
    }
  }

  NetmapSys& sys() { return device_; }
  void start() {
    for (const auto& traffic : traffic_) traffic->start();
  }
  bool finished() const {
    return std::all_of(traffic_.begin(), traffic_.end(),
                       [](const auto& traffic) { return traffic->finished(); });
  }
  // Frames, of all and in both directions.
  std::uint64_t sent() const {
    std::uint64_t sum = 0;
    for (const auto& traffic : traffic_) {
      for (const sim::RingCount& count : traffic->counts()) sum += count.rx + count.tx;
    }
    return sum;
  }

 private:
  sim::Device device_;
  std::vector<std::unique_ptr<sim::Traffic>> traffic_;
};

}  // namespace nmcap::bench
