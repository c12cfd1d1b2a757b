// VALE, netmap's software switch (netmap_vale.c): a learning Ethernet switch between ports in
// netmap mode. A frame goes to the port where its destination was last seen as a source, or to all
// ports but its own; it is copied at its sender's txsync, and a receiver without room loses it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sim/adapter.h"

namespace nmcap::sim {

class ValePort;

class ValeSwitch {
 public:
  // Where it is among the device's switches.
  explicit ValeSwitch(std::uint16_t index) : index_(index) {}
  std::uint16_t index() const { return index_; }

  // The lowest free place, 254 at most. Throws Refusal (ENOMEM).
  std::uint16_t attach(ValePort& port);
  void detach(ValePort& port);
  // With the device's lock held, as long as the port is used. The place of the port of that name;
  // of none, kNoPort.
  std::uint32_t placeOf(const std::string& name);
  // The port at the first place from `place` on that is taken; null where there is none.
  const ValePort* portFrom(std::uint32_t place);

  static constexpr std::uint32_t kNoPort = 255;  // NM_BDG_NOPORT

  // Takes the frames in slots hwcur … rhead-1 of a port's tx ring to where they belong. A frame
  // whose last slot is not there yet ends where the slots end.
  void forward(ValePort& from, Kring& kring);

  // Held while frames move, and while a port changes its mode.
  std::mutex& lock() { return lock_; }

 private:
  static constexpr std::size_t kTableSize = 1024;

  struct Learned {
    std::uint64_t address = UINT64_MAX;
    std::uint16_t port = 0;
  };
  // Slots of a tx ring that make up one frame, and where it goes: to a port, or everywhere.
  struct Frame {
    std::uint32_t first;
    std::uint32_t slots;
    std::uint16_t port;
  };

  static std::vector<Frame> framesOf(const Kring& kring);
  std::uint16_t destination(ValePort& from, const Kring& kring, const Frame& frame);
  void deliver(const Kring& from, ValePort& to, const std::vector<Frame>& frames);

  const std::uint16_t index_;
  std::mutex lock_;
  std::vector<ValePort*> ports_;  // null where there is none
  std::array<Learned, kTableSize> table_;
};

class ValePort final : public Adapter {
 public:
  // What a name has before its colon, or an empty string when it is not a VALE port's.
  static std::string switchName(const std::string& name);
  static Shape shapeFor(const abi::RegisterRequest& request);

  ValePort(const std::string& name, const abi::RegisterRequest& request,
           std::shared_ptr<Memory> memory, std::shared_ptr<ValeSwitch> valeSwitch);
  ~ValePort() override;

  std::uint16_t place() const { return place_; }
  // The source address that the switch has last learned from this port: it is not learned again.
  std::uint64_t lastSource = UINT64_MAX;

 protected:
  void enter() override;
  void leave() override;

 private:
  static int syncTx(Kring& kring);
  static int syncRx(Kring& kring);

  const std::shared_ptr<ValeSwitch> switch_;
  const std::uint16_t place_;
};

}  // namespace nmcap::sim
