#include "capture/drained_port.h"

#include <algorithm>
#include <utility>

#include "capture/host_time.h"

namespace nmcap {

void RingState::settle() {
  for (const Way way : {kInbound, kOutbound}) {
    const std::uint64_t sum = std::exchange(taken[way], 0);
    counters.ways[way].seen += sum / kOneFrame;
    counters.ways[way].bytes += sum % kOneFrame;
  }
}

DrainedPort::DrainedPort(std::uint32_t interfaceId, Port* port) : interfaceId_(interfaceId) {
  status_.left = port == nullptr;
  if (port != nullptr) begin(port);
}

void DrainedPort::begin(Port* port) {
  const std::vector<Ring>& rings = port->rxRings();
  for (Ring& ring : port->rxRings()) {
    ring.requestTimestamps();
    EpbContext context{};
    context.interfaceId = interfaceId_;
    context.queue = ring.number();
    context.hasQueue = rings.size() > 1;
    const auto [counters, gap] = takeRemains(ring.number());
    rings_.push_back({&ring, context, counters, {}, gap, ring.head()});
    if (leftAt_ == 0) continue;
    constexpr std::int64_t kMicrosecondsPerMs = 1000;
    const std::int64_t away = std::max<std::int64_t>(hostTime() - leftAt_, kMicrosecondsPerMs);
    rings_.back().gap.away(static_cast<std::uint64_t>(away / kMicrosecondsPerMs));
  }
  port_ = port;
  status_.left = false;
  status_.monitors++;
}

void DrainedPort::leave() {
  for (const RingState& state : rings_) remains_.push_back({state.counters, state.gap});
  rings_.clear();
  port_ = nullptr;
  leftAt_ = hostTime();
  status_.left = true;
}

DrainedPort::Remains DrainedPort::takeRemains(std::uint16_t ring) {
  const auto found = std::find_if(remains_.begin(), remains_.end(), [ring](const Remains& each) {
    return each.counters.ring == ring;
  });
  if (found == remains_.end()) return {{interfaceId_, ring, {}}, {}};
  const Remains remains = *found;
  remains_.erase(found);
  return remains;
}

bool DrainedPort::hasSlots(std::uint32_t count) const {
  return std::all_of(rings_.begin(), rings_.end(),
                     [count](const RingState& state) { return state.ring->slotCount() >= count; });
}

void DrainedPort::appendCounters(std::vector<RingCounters>& counters) const {
  for (const RingState& state : rings_) counters.push_back(state.counters);
  for (const Remains& remains : remains_) counters.push_back(remains.counters);
}

InterfaceCounts DrainedPort::counts() const {
  InterfaceCounts sum;
  const auto add = [&sum](const RingCounters& counters) {
    for (const WayCounters& way : counters.ways) {
      sum.seen += way.seen;
      sum.passed += way.passed;
      sum.discarded += way.discarded;
    }
  };
  for (const RingState& state : rings_) add(state.counters);
  for (const Remains& remains : remains_) add(remains.counters);
  return sum;
}

}  // namespace nmcap
