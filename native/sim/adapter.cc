#include "sim/adapter.h"

#include <algorithm>
#include <utility>

namespace nmcap::sim {
namespace {

int syncNothing(Kring&) { return 0; }

}  // namespace

std::uint32_t bounded(std::uint32_t asked, std::uint32_t preferred, std::uint32_t most) {
  return std::min(asked == 0 ? preferred : asked, most);
}

Adapter::Adapter(std::string name, const Shape& shape, std::shared_ptr<Memory> memory,
                 const Syncs& syncs)
    : name_(std::move(name)),
      ownShape_(shape),
      shape_(shape),
      syncs_(syncs),
      ownMemory_(std::move(memory)),
      memory_(ownMemory_) {}

std::uint16_t Adapter::allRings(Side side) const {
  const int host = std::max<int>(1, shape_.hostRings[side]);
  return static_cast<std::uint16_t>(shape_.rings[side] + host);
}

void Adapter::borrowMemory(std::shared_ptr<Memory> memory) {
  if (registrations_ == 0) memory_ = std::move(memory);
}

void Adapter::askHostRings(std::uint16_t tx, std::uint16_t rx) {
  if (!hasHostRings() || registrations_ != 0) return;
  if (tx != 0) shape_.hostRings[kTx] = tx;
  if (rx != 0) shape_.hostRings[kRx] = rx;
}

void Adapter::makeKrings() {
  for (const Side side : kSides) {
    for (std::uint16_t i = 0; i < allRings(side); i++) {
      const bool host = i >= shape_.rings[side];
      const Kring::Sync sync = host ? syncs_.host[side] : syncs_.nic[side];
      auto kring = std::make_unique<Kring>(*this, side, i, shape_.slots[side],
                                           sync != nullptr ? sync : syncNothing);
      kring->ownsBuffers = !host || hasHostRings();
      krings_[side].push_back(std::move(kring));
    }
  }
}

void Adapter::dropKrings() {
  for (const Side side : kSides) krings_[side].clear();
}

void Adapter::createKrings() { makeKrings(); }
void Adapter::deleteKrings() { dropKrings(); }

void Adapter::createRings() {
  eachKring([this](Kring& kring) {
    if (kring.ring != nullptr || (kring.users == 0 && !kring.needed)) return;
    abi::Ring* const ring = memory_->takeRing(kring.slotCount);
    kring.ring = ring;
    if (kring.ownsBuffers) memory_->takeBuffers(*ring);
    ring->head = kring.rhead;
    ring->cur = kring.rcur;
    ring->tail = kring.rtail;
    ring->ringid = kring.number;
    ring->dir = kring.side;
  });
}

void Adapter::deleteRings() {
  eachKring([this](Kring& kring) {
    if (kring.ring == nullptr || kring.users != 0 || kring.needed) return;
    if (kring.ownsBuffers) memory_->giveBuffers(*kring.ring);
    memory_->giveRing(std::exchange(kring.ring, nullptr));
  });
}

void Adapter::activateWanted() {
  eachKring([](Kring& kring) { kring.active.store(kring.wanted, std::memory_order_release); });
}

void Adapter::stopRings() {
  eachKring([](Kring& kring) { kring.stop(); });
}

void Adapter::startRings() {
  eachKring([](Kring& kring) { kring.start(); });
}

void Adapter::finishLast() {
  deleteKrings();
  shape_ = ownShape_;
  memory_ = ownMemory_;
}

}  // namespace nmcap::sim
