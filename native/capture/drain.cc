#include "capture/drain.h"

#include <chrono>
#include <utility>

#include "capture/host_time.h"
#include "system/thread.h"

namespace nmcap {
namespace {

// Packets that have waited in a ring for others have the time of its sync, too. A shorter rest is
// not worth its wake-up; whoever asks for real time gets one.
constexpr std::chrono::microseconds kMostRest(500);
constexpr std::chrono::microseconds kRealtimeRest(50);
// A thread that is late needs all the time there is, unless it has taken it from everybody else:
// at real-time priority, rests are what lets the application run.
constexpr double kMostBeforeRest = 0.25;
constexpr double kMostBeforeRealtimeRest = 1;

}  // namespace

Drain::Drain(DrainOptions options, std::unique_ptr<PacketFilter> filter,
             std::function<void()> onReady, std::function<void()> onStatus)
    : options_(options),
      onReady_(std::move(onReady)),
      onStatus_(std::move(onStatus)),
      pool_(std::make_shared<BatchPool>(options.batchSize, options.batchCount)),
      taker_(options_, pool_, std::move(filter), ports_),
      ringTime_(options.realtime ? RingTime(kRealtimeRest, kMostBeforeRealtimeRest)
                                 : RingTime(kMostRest, kMostBeforeRest)) {
  // Not in the thread: once it starts, the process may have given up the right to it.
  if (options_.realtime) thread_.makeRealtime();
}

void Drain::setPorts(const std::vector<Port*>& ports) {
  for (Port* port : ports) {
    ports_.emplace_back(static_cast<std::uint32_t>(ports_.size()), port);
    fds_.push_back({ports_.back().descriptor(), POLLIN, 0});
    if (port != nullptr) sys_ = &port->sys();
  }
  fds_.push_back({wake_.readEnd(), POLLIN, 0});
  publishCounters();
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
  sleepPrecisely();
  const std::lock_guard rings(rings_);
  while (!outcome_) look();
  taker_.handOver();
  publishCounters();
  endedAt_.store(hostTime(), std::memory_order_relaxed);
  end_.store(*outcome_, std::memory_order_release);
  pool_->finish();
  if (consumer_ != nullptr) consumer_->notify();
  onReady_();
}

void Drain::standIn() {
  const std::unique_lock rings(rings_, std::try_to_lock);
  // It is back already.
  if (!rings) return;
  standIns_.fetch_add(1, std::memory_order_relaxed);
  turns_++;
  standingIn_ = true;
  // They wait for long now.
  taker_.fillUpTo(options_.batchSize);
  while (!outcome_ && !ringsWanted_.load(std::memory_order_acquire)) look();
  standingIn_ = false;
}

}  // namespace nmcap
