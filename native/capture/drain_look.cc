// Drain::look: one poll, and all that it brings.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <thread>
#include <utility>

#include "capture/drain.h"
#include "capture/host_time.h"

namespace nmcap {
namespace {

using std::chrono::milliseconds;

// A monitor that sleeps in poll is not woken when its parent leaves netmap mode; only a poll that
// begins after that says POLLERR (measured on Linux 6.1).
constexpr int kPollTimeoutMs = 100;
// While no port is there. Only files that are switched by the clock wait for it.
constexpr int kAwayTimeoutMs = 1000;

constexpr short kGone = POLLERR | POLLHUP | POLLNVAL;

// POLLERR for a spoilt head comes once, and once more where the kernel has believed it. A program
// that spoils heads as fast as they are put right looks like a parent that left.
constexpr int kMaxLooks = 8;

// A sync that brings more packets than this is one of many: the batch is held back for a moment, so
// that its readers get fewer and larger ones.
constexpr std::uint64_t kTrickle = 64;
constexpr int kHoldMs = 1;
// Where nobody misses them for longer.
constexpr int kPatientHoldMs = 100;

// Slots that are taken at once before anything else is looked at: a sync may bring thousands, and
// their packets are written while they are still in the cache.
constexpr std::uint32_t kStep = 64;
// Bytes of a batch that the drain thread writes itself: they stay in the cache, and the write is
// soon over.
constexpr std::size_t kInPlaceSize = 256 << 10;

}  // namespace

// Or the rest of what a poll has brought.
void Drain::look() {
  if (!pass_) {
    if (!poll()) return;
    beginPass();
  }
  // Otherwise another thread has gone on with it.
  if (drainRings()) endPass();
}

// False where there is nothing to look at.
bool Drain::poll() {
  const bool attached =
      std::any_of(fds_.begin(), fds_.end() - 1, [](const pollfd& fd) { return fd.fd >= 0; });
  if (!attached && !options_.awaitsPorts) {
    outcome_ = End::kParentsLeft;
    return false;
  }
  const bool patient = consumer_ != nullptr && consumer_->isPatient();
  const int timeout = holding_   ? (patient ? kPatientHoldMs : kHoldMs)
                      : attached ? kPollTimeoutMs
                                 : kAwayTimeoutMs;
  for (DrainedPort& port : ports_) {
    for (RingState& state : port.rings()) state.prepareForPoll();
  }
  // A ring's time stamp is that of a sync, which poll does.
  polledAt_ = hostTime();
  if (sys_->poll(fds_.data(), static_cast<nfds_t>(fds_.size()), timeout) >= 0) return true;
  if (errno != EINTR) {
    error_ = errno;
    outcome_ = End::kFailed;
  }
  return false;
}

void Drain::beginPass() {
  // A stop is read before the rings are: what this poll's sync has brought is still drained.
  pass_ = {stopRequested_.load(std::memory_order_acquire), fds_.back().revents != 0,
           taker_.batch().packets(), taker_.discarded()};
  if (pass_->woken) wake_.clear();
  withholding_.store(false, std::memory_order_relaxed);
  double fill = 0;
  std::uint64_t slots = 0;
  std::int64_t arrival = 0;
  for (DrainedPort& port : ports_) {
    for (RingState& state : port.rings()) {
      const std::uint32_t news = state.ring->available();
      slots += news;
      fill = std::max(fill, static_cast<double>(news) / state.ring->slotCount());
      state.noteNews(arrival);
    }
  }
  ringTime_.looked(RingTime::Clock::now(), fill, slots);
}

// False where another thread has had the rings meanwhile.
bool Drain::drainRings() {
  for (DrainedPort& port : ports_) {
    for (RingState& state : port.rings()) {
      while (state.ring->head() != state.end && !taker_.limitReached()) {
        drainRing(state);
        if (!announce()) return false;
      }
    }
  }
  return true;
}

// A step of it.
void Drain::drainRing(RingState& state) {
  const Ring& ring = *state.ring;
  const std::uint32_t left = ring.distance(ring.head(), state.end);
  taker_.take(state, left <= kStep ? state.end : ring.after(ring.head(), kStep));
  if (left > kStep || !std::exchange(state.isFull, false)) return;
  if (options_.wants(state.newest)) state.counters.ways[state.newest].ringFull++;
  state.gap.ringFull();
  // The rest of the chain found no room: the next slot begins another frame.
  if (!state.chain.empty()) taker_.endChain(state, false);
  state.settle();
}

void Drain::endPass() {
  const Pass pass = *std::exchange(pass_, std::nullopt);
  bool statusChanged = false;
  for (std::size_t i = 0; i < ports_.size() && !taker_.limitReached(); i++) {
    if (fds_[i].fd < 0 || (fds_[i].revents & kGone) == 0) continue;
    // The only sign that a monitor's parent has left netmap mode.
    if (!stillMonitors(ports_[i])) {
      leave(ports_[i]);
      fds_[i].fd = -1;
    }
    statusChanged = true;
  }
  if (taker_.limitReached()) {
    outcome_ = End::kLimit;
    return;
  }
  // After the ports were drained: poll has not looked at those that are new.
  if (pass.woken) admitArrivals();
  if (pass.woken && recorder() != nullptr &&
      triggerRequested_.exchange(false, std::memory_order_acquire)) {
    taker_.trigger(hostTime(), nullptr);
  }
  publishCounters();
  if (statusChanged && onStatus_) onStatus_();
  if (pass.stops) {
    outcome_ = End::kStopped;
    return;
  }
  handOverIfDue(taker_.batch().packets() - pass.packetsBefore);
  if (announce()) rest(taker_.discarded() - pass.discardedBefore);
}

// After POLLERR. A program that shares the memory may have written a head that makes no sense: the
// kernel then says POLLERR too, and takes the head for its own where it lies within the ring
// (netmap_poll, netmap_ring_reinit). Our head, written once more, puts that right; for a monitor
// whose parent left, nothing does.
bool Drain::stillMonitors(DrainedPort& port) {
  pollfd fd{port.descriptor(), POLLIN, 0};
  for (int look = 0; look < kMaxLooks && !taker_.limitReached(); look++) {
    for (RingState& state : port.rings()) {
      state.ring->release(state.ring->head());
      state.prepareForPoll();
    }
    if (sys_->poll(&fd, 1, 0) < 0) continue;
    std::int64_t arrival = 0;
    for (RingState& state : port.rings()) {
      state.noteNews(arrival);
      while (state.ring->head() != state.end && !taker_.limitReached()) drainRing(state);
    }
    if ((fd.revents & kGone) != 0) continue;
    port.addReset();
    for (RingState& state : port.rings()) state.gap.reset();
    return true;
  }
  return false;
}

// What is there of a frame when its monitor goes is all that comes of it.
void Drain::leave(DrainedPort& port) {
  for (RingState& state : port.rings()) {
    if (!state.chain.empty() && !taker_.limitReached()) taker_.endChain(state, false);
    state.settle();
  }
  port.leave();
}

void Drain::admitArrivals() {
  std::vector<Arrival> arrivals;
  {
    const std::lock_guard lock(arrivalsMutex_);
    arrivals.swap(arrivals_);
  }
  for (const auto [index, port] : arrivals) {
    if (index == ports_.size()) {
      ports_.emplace_back(static_cast<std::uint32_t>(index), nullptr);
      fds_.insert(fds_.end() - 1, {-1, POLLIN, 0});
    }
    ports_[index].begin(port);
    fds_[index].fd = port->descriptor();
  }
}

// On a quiet port, frames are handed over at once. Under load, a batch fills up while others are
// being written, and for a moment when none is.
void Drain::handOverIfDue(std::uint64_t newPackets) {
  if (recorder() != nullptr && !recorder()->recording()) {
    // Nobody waits for them.
    holding_ = false;
    return;
  }
  const OpenBatch& batch = taker_.batch();
  const bool patient = consumer_ != nullptr && consumer_->isPatient();
  const auto age = OpenBatch::Clock::now() - batch.since();
  holding_ = batch.isOpen() && (patient ? age < milliseconds(kPatientHoldMs)
                                        : newPackets > kTrickle && age < milliseconds(kHoldMs));
  if (!batch.isOpen() || holding_) return;
  // Set before outstanding() is read, so that a release() in between wakes the next poll.
  withholding_.store(true, std::memory_order_seq_cst);
  if (pool_->outstanding() == 0) taker_.handOver();
}

// Of batches that were submitted. False where another thread has had the rings meanwhile.
bool Drain::announce() {
  // Who empties them is the one that stands in.
  if (standingIn_ || !taker_.takeSubmitted()) return true;
  if (consumer_ == nullptr || !consumer_->consumes()) {
    onReady_();
    return true;
  }
  const std::uint64_t turns = turns_;
  const RingTime::Duration limit = ringTime_.forWrite();
  rings_.unlock();
  const bool inPlace = consumer_->empty(limit);
  if (!inPlace) consumer_->notify();
  if (!rings_.try_lock()) {
    ringsWanted_.store(true, std::memory_order_release);
    wake_.wake();
    rings_.lock();
    ringsWanted_.store(false, std::memory_order_relaxed);
  }
  taker_.fillUpTo(inPlace ? std::min(kInPlaceSize, options_.batchSize) : options_.batchSize);
  return turns == turns_;
}

void Drain::publishCounters() {
  filterOverruns_.store(taker_.filterOverruns(), std::memory_order_relaxed);
  if (recorder() != nullptr) recorder()->publishOverruns();
  const std::lock_guard lock(countersMutex_);
  published_.clear();
  statuses_.clear();
  for (const DrainedPort& port : ports_) {
    statuses_.push_back(port.status());
    port.appendCounters(published_);
  }
  if (taker_.batch().isOpen()) return;
  handedOver_.until = polledAt_;
  taker_.batch().sumCounts(handedOver_.counts);
}

// So that frames accumulate, where enough of them come.
void Drain::rest(std::uint64_t discarded) {
  if (discarded != 0) {
    std::this_thread::sleep_for(ringTime_.forRestWithoutRoom());
  } else if (const auto time = ringTime_.forRest(); time > RingTime::Duration::zero()) {
    const auto start = RingTime::Clock::now();
    std::this_thread::sleep_for(time);
    ringTime_.rested(RingTime::Clock::now() - start);
  }
}

}  // namespace nmcap
