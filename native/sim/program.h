// A program that uses a port of the simulated device through netmap, as any program would. For one
// thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "netmap/port.h"
#include "sim/device.h"

namespace nmcap::sim {

class Program {
 public:
  // Opens the port. Throws SysError.
  Program(Device& device, const PortRequest& request) : port_(device, request) {}

  std::uint16_t rings() { return static_cast<std::uint16_t>(port_.txRings().size()); }
  // Bytes that a frame may have: those of 64 slots, or of all that a ring can use.
  std::uint32_t longestFrame();

  // Sends on tx ring `ring`, in as many slots as each frame needs, as long as there is room.
  // Returns how many of the frames went out.
  std::size_t send(std::uint16_t ring, const WireFrame* frames, std::size_t count);
  // Takes in all that has arrived, and releases its slots.
  void consume();

  // Leaves netmap mode.
  void close() { port_.close(); }

 private:
  Port port_;
};

}  // namespace nmcap::sim
