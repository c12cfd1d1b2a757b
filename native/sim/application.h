// The simulated application and its peer: a program that uses a NIC through netmap, as any program
// would, and whoever sends to it over the wire. For one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "../port.h"
#include "device.h"

namespace nmcap::sim {

class Application {
 public:
  // Opens the NIC's rings. Throws SysError.
  Application(Device& device, const std::string& nic);

  std::uint16_t rings() const { return rings_; }
  // Bytes that a frame may have: those of 64 slots, or of all that a ring can use.
  std::uint32_t longestFrame() const { return longestFrame_; }

  // The application sends these frames on tx ring `ring`, in as many slots as each needs; when the
  // ring is full it waits for the NIC.
  void send(std::uint16_t ring, const WireFrame* frames, std::size_t count);
  // The peer's frames arrive on rx ring `ring`; the application takes them in and releases their
  // slots, before which the wire waits when the ring is full.
  void receive(std::uint16_t ring, const WireFrame* frames, std::size_t count);

  // Leaves netmap mode.
  void close() { port_.close(); }

 private:
  void consume();

  Port port_;
  std::shared_ptr<Nic> nic_;
  std::uint16_t rings_;
  std::uint32_t longestFrame_;
};

}  // namespace nmcap::sim
