#include "capture/drain.h"

#include <algorithm>
#include <cerrno>
#include <thread>
#include <utility>

#include "capture/host_time.h"
#include "system/thread.h"

namespace nmcap {
namespace {

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

// Under load, a real-time thread pauses after each sync so that frames accumulate: woken for every
// few of them, it would keep the sender from sending and the writer from writing. The scheduler
// makes ordinary threads wait anyway. Only for rings that last much longer than the pause: 4096
// slots last five times as long at 14.88 million frames a second.
constexpr std::chrono::microseconds kRealtimeRest(50);
constexpr std::uint32_t kRestSlots = 4096;

std::int64_t timeOf(const EpbContext& context) {
  return std::int64_t{context.timeHigh} << 32 | context.timeLow;
}

// The ports of one capture are on one device.
NetmapSys& deviceOf(const std::vector<Port*>& ports) {
  const auto there =
      std::find_if(ports.begin(), ports.end(), [](const Port* port) { return port != nullptr; });
  return (*there)->sys();
}

}  // namespace

Drain::Drain(std::vector<Port*> ports, DrainOptions options, std::unique_ptr<PacketFilter> filter,
             std::function<void()> onReady, std::function<void()> onStatus)
    : options_(options),
      wanted_{options.inbound, options.outbound},
      filter_(std::move(filter)),
      onReady_(std::move(onReady)),
      onStatus_(std::move(onStatus)),
      pool_(std::make_shared<BatchPool>(options.batchSize, options.batchCount)),
      sys_(deviceOf(ports)) {
  for (std::size_t i = 0; i < ports.size(); i++) {
    ports_.emplace_back(static_cast<std::uint32_t>(i), ports[i]);
  }
  batchCounts_.resize(options_.batchCount);
  publishCounters();
  if (!options_.realtime) return;
  // Not in the thread: once it starts, the process may have given up the right to it.
  thread_.makeRealtime();
  decideOnRests();
}

void Drain::decideOnRests() {
  rests_ = options_.realtime && std::all_of(ports_.begin(), ports_.end(), [](const auto& port) {
             return port.hasSlots(kRestSlots);
           });
}

bool Drain::record(std::unique_ptr<Recorder> recorder) {
  const std::size_t comment = Gap::kMaxDescription + Recorder::kMaxDescription;
  if (options_.batchSize < epbSize(options_.snapshotLength, true, comment) + kEpbSlack)
    return false;
  recorder_ = std::move(recorder);
  return true;
}

void Drain::requestTrigger() {
  triggerRequested_.store(true, std::memory_order_release);
  wake_.wake();
}

bool Drain::start() {
  if (!thread_.start()) return false;
  startedAt_.store(hostTime(), std::memory_order_relaxed);
  return true;
}

void Drain::attach(std::size_t index, Port* port) {
  {
    const std::lock_guard lock(arrivalsMutex_);
    arrivals_.push_back({index, port});
  }
  wake_.wake();
}

void Drain::requestStop() {
  stopRequested_.store(true, std::memory_order_release);
  wake_.wake();
}

void Drain::close() {
  requestStop();
  thread_.join();
  // Where the thread was never started.
  if (end() != End::kRunning) return;
  end_.store(End::kStopped, std::memory_order_release);
  pool_->finish();
}

void Drain::release(std::uint32_t index) {
  if (pool_->release(index) && withholding_.load(std::memory_order_acquire)) wake_.wake();
}

std::vector<RingCounters> Drain::counters() const {
  const std::lock_guard lock(countersMutex_);
  return published_;
}

std::vector<PortStatus> Drain::statuses() const {
  const std::lock_guard lock(countersMutex_);
  return statuses_;
}

Drain::HandedOver Drain::handedOver() const {
  const std::lock_guard lock(countersMutex_);
  return handedOver_;
}

void Drain::run() {
  nameThread("nmcap-drain");
  const End end = drainUntilEnd();
  handOver();
  publishCounters();
  endedAt_.store(hostTime(), std::memory_order_relaxed);
  end_.store(end, std::memory_order_release);
  pool_->finish();
  onReady_();
}

Drain::End Drain::drainUntilEnd() {
  std::vector<pollfd> fds;
  for (const DrainedPort& port : ports_) fds.push_back({port.descriptor(), POLLIN, 0});
  fds.push_back({wake_.readEnd(), POLLIN, 0});
  std::size_t attached = static_cast<std::size_t>(
      std::count_if(fds.begin(), fds.end() - 1, [](const pollfd& fd) { return fd.fd >= 0; }));

  while (attached > 0 || options_.awaitsPorts) {
    const int timeout = holding_ ? kHoldMs : attached > 0 ? kPollTimeoutMs : kAwayTimeoutMs;
    // A ring's time stamp is that of a sync, which poll does.
    polledAt_ = hostTime();
    if (sys_.poll(fds.data(), static_cast<nfds_t>(fds.size()), timeout) < 0) {
      if (errno == EINTR) continue;
      error_ = errno;
      return End::kFailed;
    }
    // Read before the rings are: what this poll's sync has brought is still drained after a stop.
    const bool stop = stopRequested_.load(std::memory_order_acquire);
    const bool woken = fds.back().revents != 0;
    if (woken) wake_.clear();
    const std::uint64_t packetsBefore = packets_;
    bool statusChanged = false;

    for (std::size_t i = 0; i < ports_.size(); i++) {
      if (fds[i].fd < 0) continue;
      drainPort(ports_[i]);
      if (limitReached()) return End::kLimit;
      if ((fds[i].revents & kGone) == 0) continue;
      // The only sign that a monitor's parent has left netmap mode.
      const bool monitors = stillMonitors(ports_[i]);
      if (limitReached()) return End::kLimit;
      if (!monitors) {
        leave(ports_[i]);
        fds[i].fd = -1;
        attached--;
      }
      statusChanged = true;
    }
    // After the ports were drained: poll has not looked at those that are new.
    if (woken) attached += admitArrivals(fds);
    if (woken && recorder_ && triggerRequested_.exchange(false, std::memory_order_acquire)) {
      trigger(hostTime(), nullptr);
    }
    publishCounters();
    if (statusChanged && onStatus_) onStatus_();
    if (stop) return End::kStopped;
    const std::uint64_t newPackets = packets_ - packetsBefore;
    handOverIfDue(newPackets);
    if (rests_ && newPackets > kTrickle) std::this_thread::sleep_for(kRealtimeRest);
  }
  return End::kParentsLeft;
}

// How many there are.
std::size_t Drain::admitArrivals(std::vector<pollfd>& fds) {
  std::vector<Arrival> arrivals;
  {
    const std::lock_guard lock(arrivalsMutex_);
    arrivals.swap(arrivals_);
  }
  for (const auto [index, port] : arrivals) {
    if (index == ports_.size()) {
      ports_.emplace_back(static_cast<std::uint32_t>(index), nullptr);
      fds.insert(fds.end() - 1, {-1, POLLIN, 0});
    }
    ports_[index].begin(port);
    fds[index].fd = port->descriptor();
  }
  if (!arrivals.empty()) decideOnRests();
  return arrivals.size();
}

// What is there of a frame when its monitor goes is all that comes of it.
void Drain::leave(DrainedPort& port) {
  for (RingState& state : port.rings()) {
    if (!state.chain.empty() && !limitReached()) endChain(state, false);
    state.settle();
  }
  port.leave();
}

void Drain::drainPort(DrainedPort& port) {
  // For rings without a time stamp; read once for all of them.
  std::int64_t arrival = 0;
  for (RingState& state : port.rings()) {
    const std::uint32_t knownHead = std::exchange(state.knownHead, state.ring->head());
    const bool isNew = std::exchange(state.isNew, false);
    if (state.ring->available() == 0) continue;
    const std::uint32_t tail = state.ring->tail();
    if (isNew && state.ring->next(tail) == state.ring->head()) {
      // It filled up while nmcap was getting ready: what is in it came before the capture, and so
      // did what is missing, also between the frames in it (netmap_monitor_parent_sync).
      state.ring->release(tail);
      continue;
    }
    std::int64_t time = hostTimeOf(state.ring->timestamp());
    if (time == 0) time = arrival != 0 ? arrival : (arrival = hostTime());
    state.context.timeHigh = static_cast<std::uint32_t>(time >> 32);
    state.context.timeLow = static_cast<std::uint32_t>(time);
    drainRing(state, knownHead);
    if (limitReached()) return;
  }
}

// After POLLERR. A program that shares the memory may have written a head that makes no sense: the
// kernel then says POLLERR too, and takes the head for its own where it lies within the ring
// (netmap_poll, netmap_ring_reinit). Our head, written once more, puts that right; for a monitor
// whose parent left, nothing does.
bool Drain::stillMonitors(DrainedPort& port) {
  pollfd fd{port.descriptor(), POLLIN, 0};
  for (int look = 0; look < kMaxLooks && !limitReached(); look++) {
    for (RingState& state : port.rings()) state.ring->release(state.ring->head());
    if (sys_.poll(&fd, 1, 0) < 0) continue;
    drainPort(port);
    if ((fd.revents & kGone) != 0) continue;
    port.addReset();
    for (RingState& state : port.rings()) state.gap.reset();
    return true;
  }
  return false;
}

[[gnu::always_inline]] inline void Drain::takeFrame(RingState& state, FrameView frame,
                                                    bool outbound) {
  const Way way = outbound ? kOutbound : kInbound;
  if (!wanted_[way]) return;
  WayCounters& counters = state.counters.ways[way];
  state.taken[way] += kOneFrame + frame.length;
  const Direction direction = outbound ? Direction::kOutbound : Direction::kInbound;
  if (filter_ && !filter_->passes(frame.data, frame.length, frame.length, direction)) return;
  counters.passed++;
  if (recorder_) triggerIfMatching(state, frame, direction);
  const std::uint32_t captured = std::min(frame.length, options_.snapshotLength);
  const std::size_t size = epbSize(captured, state.context.hasQueue);
  if (static_cast<std::size_t>(writeEnd_ - writeAt_) < size + kEpbSlack || state.gap.any()) {
    writeSlowPath(state, frame, outbound, captured);
    return;
  }
  writeAt_ = writeEpb(writeAt_, state.context, outbound, frame, captured);
  packets_++;
}

// `knownHead`: the ring's head as the kernel knew it while it filled the ring. Slots released since
// the sync before last were not free to it yet.
void Drain::drainRing(RingState& state, std::uint32_t knownHead) {
  // A local copy, which no store to a batch can alias, stays in registers.
  const Ring ring = *state.ring;
  const std::uint32_t end = ring.tail();
  std::uint32_t at = ring.head();
  // netmap always leaves one slot free, so this is a full ring.
  const bool full = ring.next(end) == at || ring.next(end) == knownHead;
  Ring::Piece piece{};
  while (at != end && !limitReached()) {
    piece = ring.piece(at);
    at = ring.next(at);
    const bool alone = (piece.flags & abi::kSlotMoreFragments) == 0 && state.chain.empty();
    if (alone && piece.data != nullptr) {
      takeFrame(state, {piece.data, piece.length, piece.room},
                (piece.flags & abi::kSlotTxMonitor) != 0);
    } else {
      addFragment(state, piece);
    }
  }
  state.ring->release(at);
  state.settle();
  if (full) {
    const Way newest = (piece.flags & abi::kSlotTxMonitor) != 0 ? kOutbound : kInbound;
    if (wanted_[newest]) state.counters.ways[newest].ringFull++;
    state.gap.ringFull();
    // The rest of the chain found no room: the next slot begins another frame.
    if (!state.chain.empty()) endChain(state, false);
    state.settle();
  }
}

// One slot of a frame of several slots, or a slot without data.
void Drain::addFragment(RingState& state, const Ring::Piece& piece) {
  if (!state.chain.empty() && !state.chain.continuedBy(piece)) endChain(state, false);
  state.chain.append(piece);
  if (piece.data == nullptr) {
    endChain(state, false);
  } else if ((piece.flags & abi::kSlotMoreFragments) == 0) {
    endChain(state, true);
  } else if (state.chain.full()) {
    endChain(state, false);
  }
}

void Drain::endChain(RingState& state, bool complete) {
  const Way way = state.chain.outbound() ? kOutbound : kInbound;
  if (!complete && wanted_[way]) state.counters.ways[way].incomplete++;
  const std::vector<std::uint8_t>& bytes = state.chain.bytes();
  const auto length = static_cast<std::uint32_t>(bytes.size());
  takeFrame(state, {bytes.data(), length, length}, way == kOutbound);
  state.chain.clear();
}

// Kept out of takeFrame(), where every frame of every capture goes through.
[[gnu::noinline]] void Drain::triggerIfMatching(RingState& state, FrameView frame,
                                                Direction direction) {
  if (recorder_->matches(frame, direction)) trigger(timeOf(state.context), &state);
}

// `counted`: the ring of the packet that does it, where one does; it is counted already, but in no
// batch.
void Drain::trigger(std::int64_t time, RingState* counted) {
  if (recorder_->prolong(time)) return;
  // A batch of its own, so that it goes through writeSlowPath().
  handOver(counted);
  recorder_->begin(time, counted == nullptr);
  onReady_();
}

// For packets that need a new batch, or a comment.
void Drain::writeSlowPath(RingState& state, FrameView frame, bool outbound,
                          std::uint32_t captured) {
  const bool afterGap = state.gap.any();
  const std::string_view note = recorder_ ? recorder_->takeNote() : std::string_view();
  const std::size_t comment = afterGap || !note.empty() ? Gap::kMaxDescription + note.size() : 0;
  if (!reserve(epbSize(captured, state.context.hasQueue, comment), state)) {
    state.counters.ways[outbound ? kOutbound : kInbound].discarded++;
    state.gap.discard();
    return;
  }
  std::string text = afterGap ? state.gap.describe() : std::string();
  if (!note.empty()) text.append(afterGap ? "; " : "nmcap: ").append(note);
  writeAt_ = writeEpb(writeAt_, state.context, outbound, frame, captured, text);
  state.gap.clear();
  packets_++;
}

// Room for `size` bytes of a packet, counted already, in the batch being filled or in a new one.
bool Drain::reserve(std::size_t size, RingState& state) {
  if (filling_ && static_cast<std::size_t>(writeEnd_ - writeAt_) >= size + kEpbSlack) return true;
  handOver(&state);
  filling_ = recorder_ ? recorder_->acquire() : pool_->acquire();
  if (!filling_) return false;
  fillingSince_ = Clock::now();
  writeAt_ = pool_->buffer(*filling_);
  writeEnd_ = writeAt_ + pool_->batchSize();
  return true;
}

// `counted`: the ring of a packet that is counted already, but not in the batch.
void Drain::handOver(RingState* counted) {
  withholding_.store(false, std::memory_order_relaxed);
  if (!filling_) return;
  const auto length = static_cast<std::size_t>(writeAt_ - pool_->buffer(*filling_));
  std::vector<InterfaceCounts>& counts = batchCounts_[*filling_];
  if (counted != nullptr) counted->settle();
  sumCounts(counts);
  if (counted != nullptr) {
    counts[counted->context.interfaceId].seen--;
    counts[counted->context.interfaceId].passed--;
  }
  pool_->submit({*std::exchange(filling_, std::nullopt), length,
                 static_cast<std::uint32_t>(packets_ - packetsBefore_)});
  writeAt_ = writeEnd_ = nullptr;
  packetsBefore_ = packets_;
  if (!recorder_ || recorder_->recording()) onReady_();
}

// On a quiet port, frames are handed over at once. Under load, a batch fills up while others are
// being written, and for kHoldMs when none is.
void Drain::handOverIfDue(std::uint64_t newPackets) {
  if (recorder_ && !recorder_->recording()) {
    // Nobody waits for them.
    holding_ = false;
    return;
  }
  holding_ = filling_ && newPackets > kTrickle &&
             Clock::now() - fillingSince_ < std::chrono::milliseconds(kHoldMs);
  if (!filling_ || holding_) return;
  // Set before outstanding() is read, so that a release() in between wakes the next poll.
  withholding_.store(true, std::memory_order_seq_cst);
  if (pool_->outstanding() == 0) handOver();
}

void Drain::sumCounts(std::vector<InterfaceCounts>& sums) const {
  sums.clear();
  for (const DrainedPort& port : ports_) sums.push_back(port.counts());
}

void Drain::publishCounters() {
  if (filter_) filterOverruns_.store(filter_->overruns(), std::memory_order_relaxed);
  if (recorder_) recorder_->publishOverruns();
  const std::lock_guard lock(countersMutex_);
  published_.clear();
  statuses_.clear();
  for (const DrainedPort& port : ports_) {
    statuses_.push_back(port.status());
    port.appendCounters(published_);
  }
  if (filling_) return;
  handedOver_.until = polledAt_;
  sumCounts(handedOver_.counts);
}

}  // namespace nmcap
