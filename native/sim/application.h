// The simulated application, and whoever it talks to: at the other end of a NIC's wire, on another
// port of the VALE switch, or at the other end of the pipe. For one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "sim/device.h"
#include "sim/program.h"

namespace nmcap::sim {

class Application {
 public:
  // Opens the port, and the peer's where it is a netmap port as well. Throws SysError.
  Application(Device& device, const PortRequest& request);

  std::uint16_t rings() { return program_.rings(); }
  std::uint32_t longestFrame() { return program_.longestFrame(); }

  // The application sends these frames on tx ring `ring`; when the ring is full it waits.
  void send(std::uint16_t ring, const WireFrame* frames, std::size_t count);
  // The peer's frames arrive on rx ring `ring`; the application takes them in and releases their
  // slots, before which the peer waits when the ring is full.
  void receive(std::uint16_t ring, const WireFrame* frames, std::size_t count);

  // Leaves netmap mode.
  void close() { program_.close(); }

 private:
  Program program_;
  // Either a wire or a program.
  std::shared_ptr<Nic> nic_;
  std::optional<Program> peer_;
};

}  // namespace nmcap::sim
