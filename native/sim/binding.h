// A registration: the rings of an adapter that one descriptor has open, and its netmap_if
// (netmap.c, netmap_do_regif and netmap_do_unregif). Made and unmade with the device's lock held.
#pragma once

#include <cstdint>
#include <memory>

#include "sim/adapter.h"

namespace nmcap::sim {

// The rings that a request asks for: from first[side] up to, not including, last[side]. Throws
// Refusal (EINVAL) when the adapter has no such rings (netmap_interp_ringid).
struct RingRange {
  RingRange(const Adapter& adapter, const abi::RegisterRequest& request);

  std::uint32_t first[2] = {0, 0};
  std::uint32_t last[2] = {0, 0};
};

class Binding {
 public:
  // Puts the rings, and with the first registration the port, in netmap mode. Throws Refusal: EBUSY
  // when a ring is another's exclusively or exclusive use is asked of a ring in use, ENOMEM, and
  // what the adapter's enter() throws.
  Binding(std::shared_ptr<Adapter> adapter, const abi::RegisterRequest& request);
  // With the last registration the port leaves netmap mode; its monitors are detached.
  ~Binding();
  Binding(const Binding&) = delete;
  Binding& operator=(const Binding&) = delete;

  Adapter& adapter() const { return *adapter_; }
  abi::Interface& interface() const { return *interface_; }
  // poll() sends what waits in tx rings even when it was not asked about them.
  bool sendsOnPoll() const { return sendsOnPoll_; }
  // The rings that are bound on this side.
  template <typename Visit>
  void eachKring(Side side, Visit visit) const {
    for (std::uint32_t i = range_.first[side]; i < range_.last[side]; i++) {
      visit(adapter_->kring(side, i));
    }
  }

 private:
  void claimRings();
  void disclaimRings();
  void openRings();
  abi::Interface* describe() const;

  const std::shared_ptr<Adapter> adapter_;
  const bool exclusive_;
  const bool sendsOnPoll_;
  const RingRange range_;
  abi::Interface* interface_ = nullptr;
};

}  // namespace nmcap::sim
