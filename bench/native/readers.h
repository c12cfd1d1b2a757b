// The readers of a monitor that are compared: the drain thread, and the least that any reader does.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "netmap/port.h"

namespace nmcap::bench {

// What a reader did within a given time.
struct Reading {
  double seconds;
  std::uint64_t frames;     // taken from the rings
  std::uint64_t discarded;  // of these, not delivered for want of a batch
};

// A plain loop that only copies the frames' bytes, one behind the other, into a pool of buffers as
// large as the drain's.
Reading readPlainly(Port& port, std::chrono::nanoseconds time);

// The drain thread, over several ports. Batches are given back at once, as by a capture without
// outputs. `filter` may be null.
Reading readByDrain(const std::vector<Port*>& ports, std::chrono::nanoseconds time,
                    const char* filter);

}  // namespace nmcap::bench
