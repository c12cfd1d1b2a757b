// A simulated NIC, and the application that sends and receives on it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "../../native/sim/traffic.h"

namespace nmcap::bench {

constexpr char kNicName[] = "em0";
constexpr std::uint32_t kNicSlots = 1024;

// A monitor of all that the NIC sends and receives, as nmcap asks for it.
inline PortRequest wholeMonitor() {
  PortRequest request;
  request.name = kNicName;
  request.rxSlots = 4096;
  request.flags = abi::kMonitorRx | abi::kMonitorTx;
  return request;
}

class BusyNic {
 public:
  // `framesPerSecond` 0: as fast as possible; `count` 0: no end.
  BusyNic(std::uint32_t frameLength, double framesPerSecond, std::uint64_t count,
          std::uint16_t rings) {
    sim::NicConfig nic;
    nic.name = kNicName;
    nic.rings = rings;
    nic.slots = kNicSlots;
    device_.addNic(nic);
    sim::TrafficOptions options;
    options.port.name = kNicName;
    options.loadLength = frameLength;
    options.framesPerSecond = framesPerSecond;
    options.count = count;
    traffic_.emplace(device_, options, std::vector<std::uint8_t>());
  }

  NetmapSys& sys() { return device_; }
  void start() { traffic_->start(); }
  bool finished() const { return traffic_->finished(); }

 private:
  sim::Device device_;
  std::optional<sim::Traffic> traffic_;
};

}  // namespace nmcap::bench
