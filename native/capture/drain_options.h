// What a drain takes, and how.
#pragma once

#include <cstddef>
#include <cstdint>

#include "capture/drained_port.h"
#include "filter/filter.h"

namespace nmcap {

struct DrainOptions {
  bool inbound = true;
  bool outbound = true;
  std::uint32_t snapshotLength = kMaxSnapshotLength;  // bytes of a frame to keep, and the most
  std::uint64_t packetLimit = 0;                      // stop after that many packets; 0: none
  std::size_t batchSize = 1 << 20;                    // bytes
  std::uint32_t batchCount = 32;
  bool realtime = false;     // give the thread real-time priority
  bool awaitsPorts = false;  // go on when all ports have left: attach() may follow

  bool wants(Way way) const { return way == kOutbound ? outbound : inbound; }
};

}  // namespace nmcap
