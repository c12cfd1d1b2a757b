// Times of the host clock, microseconds since 1970.
#pragma once

#include <sys/time.h>

#include <cstdint>
#include <limits>

namespace nmcap {

// 0 for what is no time: whoever shares a ring's memory can write any numbers there.
inline std::int64_t hostTimeOf(const timeval& time) {
  constexpr std::int64_t kMicroseconds = 1'000'000;
  constexpr std::int64_t kMaxSeconds = std::numeric_limits<std::int64_t>::max() / kMicroseconds - 1;
  const std::int64_t seconds = time.tv_sec;
  if (seconds < 0 || seconds > kMaxSeconds) return 0;
  if (time.tv_usec < 0 || time.tv_usec >= kMicroseconds) return 0;
  return seconds * kMicroseconds + time.tv_usec;
}

inline std::int64_t hostTime() {
  timeval time{};
  ::gettimeofday(&time, nullptr);
  return hostTimeOf(time);
}

}  // namespace nmcap
