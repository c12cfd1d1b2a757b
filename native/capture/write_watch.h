// Notices that a write takes too long because it waits for its disk. Two threads share it: the one
// that writes, and another one that has time to watch it.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "system/alarm.h"
#include "system/thread.h"

namespace nmcap {

class WriteWatch {
 public:
  using Clock = std::chrono::steady_clock;

  // In the thread that writes, around a write.
  void begin(Clock::time_point now, Clock::duration limit);
  // Whether the other thread has found it stuck.
  bool end(Clock::time_point now);

  // In the other thread: where it waits for the watch, and, once this is readable, whether the
  // write has taken longer than its limit, and for another reason than the lack of a processor.
  int descriptor() const { return alarm_.descriptor(); }
  bool isStuck();

 private:
  using Nanoseconds = std::chrono::nanoseconds::rep;

  void setAlarm(Clock::duration after);

  Alarm alarm_;
  std::atomic<bool> isSet_{false};        // the alarm
  std::atomic<Nanoseconds> deadline_{0};  // the clock's, of the write; 0: there is none
  std::atomic<ThreadId> writer_{0};
  std::atomic<bool> wasStuck_{false};

  // The writing thread's.
  bool isSparse_ = true;
  Clock::time_point endedAt_;
};

}  // namespace nmcap
