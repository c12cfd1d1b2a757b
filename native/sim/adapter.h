// A port inside the simulated kernel (struct netmap_adapter): its rings and the memory that they
// are in. NICs, VALE ports, pipe ends and monitors are adapters; what moves frames is in their sync
// callbacks. An adapter has krings from its first registration to the end of its last.
//
// Everything here is called with the device's lock held, unless stated otherwise.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/kring.h"
#include "sim/memory.h"

namespace nmcap::sim {

// Indexed by Side.
struct Shape {
  std::array<std::uint16_t, 2> rings;
  std::array<std::uint16_t, 2> hostRings;
  std::array<std::uint32_t, 2> slots;
};

// A request's value as the kernel bounds it: 0 asks for `preferred`.
std::uint32_t bounded(std::uint32_t asked, std::uint32_t preferred, std::uint32_t most);

class Adapter {
 public:
  // Indexed by Side.
  struct Syncs {
    std::array<Kring::Sync, 2> nic;
    std::array<Kring::Sync, 2> host;
  };

  Adapter(std::string name, const Shape& shape, std::shared_ptr<Memory> memory, const Syncs& syncs);
  virtual ~Adapter() = default;
  Adapter(const Adapter&) = delete;
  Adapter& operator=(const Adapter&) = delete;

  const std::string& name() const { return name_; }
  const Shape& shape() const { return shape_; }
  bool hasHostRings() const { return shape_.hostRings[kRx] + shape_.hostRings[kTx] != 0; }
  // NIC rings and host rings. There is always room for one host ring; it is a fake when the port
  // has none.
  std::uint16_t allRings(Side side) const;
  // Any thread's, while the adapter has krings.
  Kring& kring(Side side, std::uint32_t number) const { return *krings_[side][number]; }
  template <typename Visit>
  void eachKring(Visit visit) const {
    for (const Side side : kSides) {
      for (const auto& kring : krings_[side]) visit(*kring);
    }
  }

  const std::shared_ptr<Memory>& memory() const { return memory_; }
  // Other memory from the next registration on, until the last one ends. Nothing happens while the
  // port is open.
  void borrowMemory(std::shared_ptr<Memory> memory);
  // How many host rings the next registration finds, if the port has any: 0 leaves it as it is.
  void askHostRings(std::uint16_t tx, std::uint16_t rx);

  // In netmap mode. Any thread's.
  bool on() const { return on_.load(std::memory_order_acquire); }
  unsigned registrations() const { return registrations_; }
  // For the names of monitors.
  unsigned takeMonitorNumber() { return monitorNumber_++; }

 protected:
  // nm_krings_create and nm_krings_delete.
  virtual void createKrings();
  virtual void deleteKrings();
  // nm_register: rings that are `wanted` become active, those that are no longer wanted inactive.
  // The port's rings are stopped. The port is in netmap mode from its first registration on until
  // its last has ended. Throws Refusal.
  virtual void enter() = 0;
  virtual void leave() = 0;

  void makeKrings();
  void dropKrings();
  bool hasKrings() const { return !krings_[kRx].empty(); }
  // Gives a ring in the memory to every kring that is used or needed and has none, and takes it
  // from those that are not. createRings throws Refusal.
  void createRings();
  void deleteRings();
  void activateWanted();
  void setOn(bool on) { on_.store(on, std::memory_order_release); }

 private:
  friend class Binding;

  void stopRings();
  void startRings();
  void finishLast();

  const std::string name_;
  const Shape ownShape_;
  Shape shape_;
  const Syncs syncs_;
  const std::shared_ptr<Memory> ownMemory_;
  std::shared_ptr<Memory> memory_;
  std::array<std::vector<std::unique_ptr<Kring>>, 2> krings_;
  std::atomic<bool> on_{false};
  unsigned registrations_ = 0;
  unsigned monitorNumber_ = 0;
};

}  // namespace nmcap::sim
