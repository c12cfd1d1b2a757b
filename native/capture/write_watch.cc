#include "capture/write_watch.h"

namespace nmcap {
namespace {

// How soon a write that only lacks a processor is looked at again.
constexpr std::chrono::milliseconds kLookAgain(1);

}  // namespace

// Setting a timer, or taking it back, leaves a virtual machine: two of them for each write took a
// seventh of the speed. So while one write follows another, the alarm stays set, and whoever it
// wakes sets it again for the rest of the time.
void WriteWatch::begin(Clock::time_point now, Clock::duration limit) {
  isSparse_ = now - endedAt_ > limit;
  writer_.store(threadId(), std::memory_order_relaxed);
  deadline_.store((now + limit).time_since_epoch().count(), std::memory_order_seq_cst);
  if (!isSet_.exchange(true, std::memory_order_seq_cst)) alarm_.set(limit);
}

bool WriteWatch::end(Clock::time_point now) {
  endedAt_ = now;
  deadline_.store(0, std::memory_order_seq_cst);
  if (isSparse_) {
    alarm_.disarm();
    isSet_.store(false, std::memory_order_seq_cst);
  }
  return wasStuck_.exchange(false, std::memory_order_relaxed);
}

bool WriteWatch::isStuck() {
  alarm_.clear();
  // Before the deadline is read: either the next write is seen here, or it sets the alarm.
  isSet_.store(false, std::memory_order_seq_cst);
  const Nanoseconds deadline = deadline_.load(std::memory_order_seq_cst);
  if (deadline == 0) return false;
  const Clock::duration left(deadline - Clock::now().time_since_epoch().count());
  if (left > Clock::duration::zero()) {
    setAlarm(left);
    return false;
  }
  if (!mayBeBlocked(writer_.load(std::memory_order_relaxed))) {
    // One more busy thread would keep the processor from it for longer.
    setAlarm(kLookAgain);
    return false;
  }
  wasStuck_.store(true, std::memory_order_relaxed);
  return true;
}

void WriteWatch::setAlarm(Clock::duration after) {
  isSet_.store(true, std::memory_order_seq_cst);
  alarm_.set(after);
}

}  // namespace nmcap
