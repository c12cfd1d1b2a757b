#include "sim/wakeup.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "sim/refusal.h"

namespace nmcap::sim {

// FreeBSD has them since 13.0.
Wakeup::Wakeup() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (descriptor_ < 0) throw Refusal{errno};
}

Wakeup::~Wakeup() { ::close(descriptor_); }

void Wakeup::set() {
  const std::uint64_t one = 1;
  // Refused only when it is readable anyway.
  [[maybe_unused]] const ssize_t written = ::write(descriptor_, &one, sizeof(one));
}

void Wakeup::clear() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t size = ::read(descriptor_, &count, sizeof(count));
}

void WaitQueue::add(Wakeup& sleeper) {
  const std::lock_guard<std::mutex> lock(mutex_);
  sleepers_.push_back(&sleeper);
  count_.fetch_add(1);
}

void WaitQueue::remove(Wakeup& sleeper) {
  const std::lock_guard<std::mutex> lock(mutex_);
  sleepers_.erase(std::find(sleepers_.begin(), sleepers_.end(), &sleeper));
  count_.fetch_sub(1);
}

void WaitQueue::wake() {
  if (count_.load() == 0) return;
  const std::lock_guard<std::mutex> lock(mutex_);
  for (Wakeup* const sleeper : sleepers_) sleeper->set();
}

}  // namespace nmcap::sim
