// The host's network stack as a NIC in netmap mode meets it: frames that the host sends wait for
// the host rx ring, frames that an application writes to a host tx ring are handed up
// (netmap.c, netmap_transmit and netmap_send_up).
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "sim/kring.h"

namespace nmcap::sim {

class HostStack {
 public:
  // A frame that the host sends on this host ring. False when the ring and its queue are full, the
  // port is not in netmap mode, or the frame does not fit a buffer.
  bool send(Kring& kring, const std::uint8_t* frame, std::size_t length);
  // Frames handed up to the host so far.
  std::uint64_t received() const;

  // The sync callbacks of host rings.
  void take(Kring& txKring);
  void put(Kring& rxKring);
  // Drops all waiting frames.
  void clear();

 private:
  struct Waiting {
    const Kring* kring;
    std::vector<std::uint8_t> frame;
  };

  mutable std::mutex mutex_;
  std::deque<Waiting> queue_;
  std::uint64_t received_ = 0;
};

}  // namespace nmcap::sim
