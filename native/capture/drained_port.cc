#include "capture/drained_port.h"

#include <algorithm>
#include <utility>

#include "capture/host_time.h"

namespace nmcap {

void RingState::noteNews(std::int64_t& arrival) {
  const bool first = std::exchange(isNew, false);
  const std::uint32_t head = ring->head();
  end = ring->tail();
  if (end == head) return;
  // netmap always leaves one slot free. Slots released since the sync before the last one were not
  // free to the kernel while it filled the ring; some were where poll has synced twice.
  const std::uint32_t most = ring->slotCount() - 1;
  const std::uint32_t available = ring->distance(head, end);
  if (first && available == most) {
    // It filled up while nmcap was getting ready: what is in it came before the capture, and so did
    // what is missing, also between the frames in it (netmap_monitor_parent_sync).
    // Neither is what finds no room until the kernel knows that the slots are free.
    ring->release(end);
    polledHead = end;
    return;
  }
  isFull = available + ring->distance(knownHead, head) >= most;
  std::int64_t time = hostTimeOf(ring->timestamp());
  if (time == 0) time = arrival != 0 ? arrival : (arrival = hostTime());
  context.timeHigh = static_cast<std::uint32_t>(time >> 32);
  context.timeLow = static_cast<std::uint32_t>(time);
}

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
    const std::uint32_t head = ring.head();
    rings_.push_back({&ring, context, counters, {}, gap, head, head, head});
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
