// A monitor port (netmap_monitor.c): rx rings that get the frames of another port's rings. Ring i
// gets what passes through the parent's tx ring i, rx ring i, or both. Its one tx
// ring is unused.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "sim/adapter.h"

namespace nmcap::sim {

class Monitor final : public Adapter {
 public:
  static constexpr std::uint32_t kMaxSlots = 4096;

  // `request` as it came, with the parent found. A zero-copy monitor uses its parent's memory, a
  // copy monitor `memory`.
  Monitor(std::shared_ptr<Adapter> parent, const abi::RegisterRequest& request,
          std::shared_ptr<Memory> memory);

  // The rings of a monitor for this parent and request: as many rx rings as the parent has rings on
  // either side, its slots unless others are asked for.
  static Shape shapeFor(const Adapter& parent, const abi::RegisterRequest& request);

  // All monitors of a port that leaves netmap mode, its rings being stopped, lose it: from now on
  // their syncs fail (netmap_monitor_stop).
  static void parentLeaves(Adapter& parent);

 protected:
  void enter() override;
  void leave() override;

 private:
  static int syncTx(Kring& kring);
  static int syncRx(Kring& kring);

  template <typename Visit>
  void eachWatched(const Kring& own, Visit visit) const;
  void add(Kring& own, Kring& watched) const;
  void remove(Kring& own, Kring* watched, Side side) const;
  void parentLeft();

  std::shared_ptr<Adapter> parent_;  // null once it has left netmap mode
  std::atomic<bool> orphaned_{false};
  const std::uint64_t flags_;
  const bool zeroCopy_;
};

}  // namespace nmcap::sim
