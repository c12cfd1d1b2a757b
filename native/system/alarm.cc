#include "system/alarm.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <cstdint>

#include "system/sys_error.h"

namespace nmcap {
namespace {

constexpr std::chrono::nanoseconds kSecond = std::chrono::seconds(1);

}  // namespace

// FreeBSD has them since 14.0.
Alarm::Alarm() : descriptor_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {
  if (descriptor_ < 0) throw SysError("timerfd_create", "");
}

Alarm::~Alarm() { ::close(descriptor_); }

void Alarm::set(std::chrono::nanoseconds after) {
  itimerspec time{};
  time.it_value.tv_sec = after / kSecond;
  time.it_value.tv_nsec = (after % kSecond).count();
  ::timerfd_settime(descriptor_, 0, &time, nullptr);
}

void Alarm::disarm() { set(std::chrono::nanoseconds::zero()); }

void Alarm::clear() {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto size = ::read(descriptor_, &count, sizeof count);
}

}  // namespace nmcap
