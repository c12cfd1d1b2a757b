// How a poll on simulated ports sleeps: on a real descriptor, so that it can sleep on others with
// it, which a ring's notification makes readable. Stands for the kernel's selinfo.
#pragma once

#include <atomic>
#include <mutex>
#include <vector>

namespace nmcap::sim {

// A descriptor that is readable from set() until clear(): an eventfd(2).
class Wakeup {
 public:
  // Throws Refusal with eventfd(2)'s errno.
  Wakeup();
  ~Wakeup();
  Wakeup(const Wakeup&) = delete;
  Wakeup& operator=(const Wakeup&) = delete;

  int descriptor() const { return descriptor_; }
  void set();
  void clear();

 private:
  const int descriptor_;
};

// Those who sleep until something happens on a ring. wake() costs one atomic load when nobody does.
//
// Against lost wakeups: the ring's new tail is stored, then wake() looks for sleepers; a sleeper
// adds itself, then looks at the tail once more. Both sides use sequentially consistent operations,
// so that at least one of them sees the other.
class WaitQueue {
 public:
  void add(Wakeup& sleeper);
  void remove(Wakeup& sleeper);
  void wake();

 private:
  std::atomic<unsigned> count_{0};
  std::mutex mutex_;
  std::vector<Wakeup*> sleepers_;
};

}  // namespace nmcap::sim
