// A timer that makes a descriptor readable, so that a thread can wait for it beside others.
#pragma once

#include <chrono>

namespace nmcap {

class Alarm {
 public:
  // Throws SysError ("timerfd_create").
  Alarm();
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  // From any thread: the descriptor becomes readable once that time is over, unless the alarm is
  // set again or disarmed before.
  void set(std::chrono::nanoseconds after);
  void disarm();
  // Makes it unreadable again.
  void clear();
  int descriptor() const { return descriptor_; }

 private:
  const int descriptor_;
};

}  // namespace nmcap
