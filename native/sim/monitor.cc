#include "sim/monitor.h"

#include <algorithm>
#include <cerrno>
#include <string>

#include "sim/monitor_sync.h"
#include "sim/refusal.h"

namespace nmcap::sim {
namespace {

std::uint64_t monitorFlag(Side side) { return side == kRx ? abi::kMonitorRx : abi::kMonitorTx; }

// As the parent's, a slash, z for zero-copy, r and t for the directions, and a number.
std::string monitorName(Adapter& parent, std::uint64_t flags) {
  std::string name = parent.name() + "/";
  if ((flags & abi::kZeroCopyMonitor) != 0) name += "z";
  if ((flags & abi::kMonitorRx) != 0) name += "r";
  if ((flags & abi::kMonitorTx) != 0) name += "t";
  return name + "#" + std::to_string(parent.takeMonitorNumber());
}

// The rings whose callbacks a change touches, held out of use while it is made. The kernel stops
// the chain's head alone; a ring in the middle of a chain may be in its own rxsync just then, so it
// is stopped as well.
class Stopped {
 public:
  Stopped(Kring* head, Kring* other) : head_(head), other_(other == head ? nullptr : other) {
    if (head_ != nullptr) head_->stop();
    if (other_ != nullptr) other_->stop();
  }
  ~Stopped() {
    if (other_ != nullptr) other_->start();
    if (head_ != nullptr) head_->start();
  }
  Stopped(const Stopped&) = delete;
  Stopped& operator=(const Stopped&) = delete;

 private:
  Kring* const head_;
  Kring* const other_;
};

}  // namespace

Shape Monitor::shapeFor(const Adapter& parent, const abi::RegisterRequest& request) {
  const Shape& shape = parent.shape();
  const std::uint16_t host = parent.hasHostRings() ? 1 : 0;
  return {{std::max(shape.rings[kRx], shape.rings[kTx]), 1},
          {host, host},
          {bounded(request.rx_slots, std::min(shape.slots[kRx], kMaxSlots), kMaxSlots),
           bounded(request.tx_slots, std::min(shape.slots[kTx], kMaxSlots), kMaxSlots)}};
}

Monitor::Monitor(std::shared_ptr<Adapter> parent, const abi::RegisterRequest& request,
                 std::shared_ptr<Memory> memory)
    : Adapter(monitorName(*parent, request.flags), shapeFor(*parent, request), std::move(memory),
              {{syncRx, syncTx}, {syncRx, syncTx}}),
      parent_(std::move(parent)),
      flags_(request.flags),
      zeroCopy_((request.flags & abi::kZeroCopyMonitor) != 0) {}

int Monitor::syncTx(Kring&) { return EIO; }

int Monitor::syncRx(Kring& kring) {
  if (static_cast<Monitor&>(kring.adapter).orphaned_.load()) return EIO;
  kring.hwcur.store(kring.rhead);
  return 0;
}

// The parent's rings that a ring of the monitor watches. A monitor's own host rings watch nothing:
// the kernel has marked them active already when it comes to hook them (netmap.c,
// netmap_update_hostrings_mode), and leaves them out. Ring i of a side with only i rings is its
// first host ring, or the fake that stands for it. Null stands for the rings of a parent that left.
template <typename Visit>
void Monitor::eachWatched(const Kring& own, Visit visit) const {
  if (own.side == kTx || own.number >= shape().rings[kRx]) return;
  for (const Side side : kSides) {
    if ((flags_ & monitorFlag(side)) == 0) continue;
    if (parent_ == nullptr) {
      visit(nullptr, side);
    } else if (own.number <= parent_->shape().rings[side]) {
      visit(&parent_->kring(side, own.number), side);
    }
  }
}

void Monitor::enter() {
  eachKring([this](Kring& own) {
    if (!own.wanted || own.active.exchange(true)) return;
    eachWatched(own, [&](Kring* watched, Side) { add(own, *watched); });
  });
  setOn(true);
}

void Monitor::leave() {
  if (registrations() == 0) setOn(false);
  eachKring([this](Kring& own) {
    if (own.wanted || !own.active.exchange(false)) return;
    eachWatched(own, [&](Kring* watched, Side side) { remove(own, watched, side); });
  });
}

void Monitor::add(Kring& own, Kring& watched) const {
  Kring::ChainLink& ends = watched.chain[watched.side];
  // A zero-copy monitor that is not the first watches the one before it.
  Kring& target = zeroCopy_ && ends.previous != nullptr ? *ends.previous : watched;
  const Stopped stopped(&watched, &target);
  if (!target.monitored()) interceptCallbacks(target);
  if (zeroCopy_) {
    target.chain[watched.side].next = &own;
    ends.previous = &own;
    own.chain[watched.side] = {&target, nullptr};
  } else {
    watched.copyMonitors.push_back(&own);
  }
}

// `watched` is null when the parent has left: a chain of zero-copy monitors outlives it.
void Monitor::remove(Kring& own, Kring* watched, Side side) const {
  Kring::ChainLink& link = own.chain[side];
  Kring* const target = zeroCopy_ ? link.previous : watched;
  const Stopped stopped(watched, target);
  if (zeroCopy_) {
    if (link.next != nullptr) {
      link.next->chain[side].previous = link.previous;
    } else if (watched != nullptr) {
      watched->chain[side].previous = target == watched ? nullptr : target;
    }
    if (target != nullptr) target->chain[side].next = link.next;
    link = {};
  } else if (watched != nullptr) {
    auto& monitors = watched->copyMonitors;
    monitors.erase(std::find(monitors.begin(), monitors.end(), &own));
  }
  if (target != nullptr && !target->monitored()) restoreCallbacks(*target);
}

void Monitor::parentLeft() {
  orphaned_.store(true);
  parent_.reset();
}

void Monitor::parentLeaves(Adapter& parent) {
  // A monitor is only ever watched by the next in its chain, which takes its place when it goes.
  if (dynamic_cast<Monitor*>(&parent) != nullptr) return;
  const auto orphan = [](Kring& ring) { static_cast<Monitor&>(ring.adapter).parentLeft(); };
  parent.eachKring([&](Kring& kring) {
    if (!kring.monitored()) return;
    for (Kring* const monitor : kring.copyMonitors) orphan(*monitor);
    kring.copyMonitors.clear();
    Kring::ChainLink& chain = kring.chain[kring.side];
    for (Kring* ring = chain.next; ring != nullptr; ring = ring->chain[kring.side].next) {
      orphan(*ring);
    }
    if (chain.next != nullptr) chain.next->chain[kring.side].previous = nullptr;
    chain = {};
    restoreCallbacks(kring);
  });
}

}  // namespace nmcap::sim
