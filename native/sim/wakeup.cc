#include "sim/wakeup.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

#include "sim/refusal.h"

#ifdef __linux__
#include <sys/eventfd.h>
#endif

namespace nmcap::sim {

Wakeup::Wakeup() {
#ifdef __linux__
  readEnd_ = writeEnd_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (readEnd_ < 0) throw Refusal{errno};
#else
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) throw Refusal{errno};
  readEnd_ = ends[0];
  writeEnd_ = ends[1];
#endif
}

Wakeup::~Wakeup() {
  ::close(readEnd_);
  if (writeEnd_ != readEnd_) ::close(writeEnd_);
}

void Wakeup::set() {
  const std::uint64_t one = 1;
  // Refused only when it is readable anyway.
  [[maybe_unused]] const ssize_t written = ::write(writeEnd_, &one, sizeof(one));
}

void Wakeup::clear() {
  std::uint64_t scratch[8];
  while (::read(readEnd_, scratch, sizeof(scratch)) > 0) {
  }
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
