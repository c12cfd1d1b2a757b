#include "capture/recorder.h"

#include <utility>

namespace nmcap {
namespace {

constexpr std::string_view kSignalNote = "trigger: signal";

}  // namespace

Recorder::Recorder(std::shared_ptr<BatchPool> pool, RecorderOptions options,
                   std::unique_ptr<PacketFilter> trigger)
    : pool_(std::move(pool)), options_(std::move(options)), trigger_(std::move(trigger)) {}

bool Recorder::prolong(std::int64_t time) {
  // Of packets that one sync has brought, each may trigger.
  if (time == last_ && recording()) return true;
  const std::lock_guard lock(mutex_);
  if (recordings_.empty() || time - recordings_.back().last > options_.after) return false;
  // Also where the clock was set back: the recording would go on until it has caught up.
  last_ = recordings_.back().last = time;
  return true;
}

void Recorder::begin(std::int64_t time, bool bySignal) {
  const std::lock_guard lock(mutex_);
  recordings_.push_back({time, time, bySignal, pool_->position(), forgotten_});
  recording_.store(true, std::memory_order_release);
  last_ = time;
  note_ = bySignal ? kSignalNote : std::string_view(options_.description);
}

std::string_view Recorder::takeNote() {
  const std::string_view note = std::exchange(note_, {});
  // No packet came while it was going on.
  return recording() ? note : std::string_view();
}

std::optional<std::uint32_t> Recorder::acquire() {
  const std::lock_guard lock(mutex_);
  while (recordings_.empty()) {
    const std::optional<BatchPool::Batch> oldest = pool_->forget(options_.keep);
    if (!oldest) break;
    forgotten_.packets += oldest->packets;
    forgotten_.position = oldest->position + oldest->length;
    forgotten_.until = epbTime(epbBefore(pool_->buffer(oldest->index) + oldest->length));
  }
  return pool_->acquire();
}

std::optional<Recorder::Recording> Recorder::current() const {
  const std::lock_guard lock(mutex_);
  if (recordings_.empty()) return std::nullopt;
  return recordings_.front();
}

void Recorder::finish() {
  const std::lock_guard lock(mutex_);
  if (!recordings_.empty()) recordings_.pop_front();
  recording_.store(!recordings_.empty(), std::memory_order_release);
}

Recorder::Forgotten Recorder::forgotten() const {
  const std::lock_guard lock(mutex_);
  return forgotten_;
}

void Recorder::publishOverruns() {
  if (trigger_) overruns_.store(trigger_->overruns(), std::memory_order_relaxed);
}

}  // namespace nmcap
