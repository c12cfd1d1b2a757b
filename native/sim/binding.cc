#include "sim/binding.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "sim/monitor.h"
#include "sim/refusal.h"

namespace nmcap::sim {
namespace {

// A ring that the port lacks on this side is replaced by its first one, as long as the other side
// has it.
std::uint32_t oneOf(std::uint32_t asked, std::uint32_t here, std::uint32_t there) {
  if (asked >= here && asked >= there) throw Refusal{EINVAL};
  return asked < here ? asked : 0;
}

}  // namespace

RingRange::RingRange(const Adapter& adapter, const abi::RegisterRequest& request) {
  const Shape& shape = adapter.shape();
  const bool asksHost = request.mode == abi::kModeHost || request.mode == abi::kModeNicAndHost ||
                        request.mode == abi::kModeOneHost;
  if (asksHost && !adapter.hasHostRings()) throw Refusal{EINVAL};

  for (const Side side : kSides) {
    const std::uint64_t excluded = side == kRx ? abi::kTxRingsOnly : abi::kRxRingsOnly;
    if ((request.flags & excluded) != 0) continue;
    const std::uint32_t rings = shape.rings[side];
    switch (request.mode) {
      case abi::kModeAllNic:
        last[side] = rings;
        break;
      case abi::kModeHost:
        first[side] = rings;
        last[side] = adapter.allRings(side);
        break;
      case abi::kModeNicAndHost:
        last[side] = adapter.allRings(side);
        break;
      case abi::kModeOneNic:
        first[side] = oneOf(request.ringid, rings, shape.rings[other(side)]);
        last[side] = first[side] + 1;
        break;
      case abi::kModeOneHost:
        first[side] =
            rings + oneOf(request.ringid, shape.hostRings[side], shape.hostRings[other(side)]);
        last[side] = first[side] + 1;
        break;
      default:
        throw Refusal{EINVAL};
    }
  }
}

Binding::Binding(std::shared_ptr<Adapter> adapter, const abi::RegisterRequest& request)
    : adapter_(std::move(adapter)),
      exclusive_((request.flags & abi::kExclusive) != 0),
      sendsOnPoll_((request.flags & abi::kNoTxPoll) == 0),
      range_(*adapter_, request) {
  if (adapter_->registrations_ == 0) adapter_->createKrings();
  try {
    claimRings();
    try {
      openRings();
    } catch (const Refusal&) {
      disclaimRings();
      adapter_->deleteRings();
      throw;
    }
  } catch (const Refusal&) {
    if (adapter_->registrations_ == 0) adapter_->finishLast();
    throw;
  }
  adapter_->registrations_++;
}

Binding::~Binding() {
  adapter_->registrations_--;
  disclaimRings();
  const bool last = adapter_->registrations_ == 0;
  adapter_->stopRings();
  if (last) Monitor::parentLeaves(*adapter_);
  adapter_->leave();
  adapter_->startRings();
  adapter_->memory()->giveInterface(interface_);
  adapter_->deleteRings();
  if (last) adapter_->finishLast();
}

void Binding::claimRings() {
  for (const Side side : kSides) {
    eachKring(side, [this](const Kring& kring) {
      if (kring.exclusive || (exclusive_ && kring.users != 0)) throw Refusal{EBUSY};
    });
  }
  for (const Side side : kSides) {
    eachKring(side, [this](Kring& kring) {
      kring.users++;
      kring.wanted = true;
      if (exclusive_) kring.exclusive = true;
    });
  }
}

void Binding::disclaimRings() {
  for (const Side side : kSides) {
    eachKring(side, [this](Kring& kring) {
      if (exclusive_) kring.exclusive = false;
      if (--kring.users == 0) kring.wanted = false;
    });
  }
}

void Binding::openRings() {
  adapter_->createRings();
  interface_ = describe();
  adapter_->stopRings();
  try {
    adapter_->enter();
  } catch (const Refusal&) {
    adapter_->startRings();
    adapter_->memory()->giveInterface(interface_);
    throw;
  }
  adapter_->startRings();
}

// netmap_mem2.c, netmap_mem2_if_new: the rings that are not bound keep offset 0.
abi::Interface* Binding::describe() const {
  const Shape& shape = adapter_->shape();
  const Memory& memory = *adapter_->memory();
  const std::uint32_t txRings = adapter_->allRings(kTx);
  const std::uint32_t rxRings = adapter_->allRings(kRx);
  abi::Interface* const interface = adapter_->memory()->takeInterface(txRings + rxRings);
  std::memcpy(interface->name, adapter_->name().data(),
              std::min(adapter_->name().size(), sizeof(interface->name) - 1));
  interface->flags = memory.isPrivate() ? 1 : 0;
  interface->tx_rings = shape.rings[kTx];
  interface->rx_rings = shape.rings[kRx];
  interface->host_tx_rings = txRings - shape.rings[kTx];
  interface->host_rx_rings = rxRings - shape.rings[kRx];
  const std::int64_t base = memory.offsetOf(interface);
  for (const Side side : kSides) {
    std::int64_t* const offsets = interface->ringOffsets() + (side == kTx ? 0 : txRings);
    eachKring(side, [&](const Kring& kring) {
      offsets[kring.number] = memory.offsetOf(kring.ring) - base;
    });
  }
  return interface;
}

}  // namespace nmcap::sim
