#include "pace.h"

#include <algorithm>

namespace nmcap::sim {
namespace {

constexpr std::uint64_t kMostBurst = 256;  // frames

}  // namespace

Pace::Pace(double framesPerSecond, Clock::time_point start)
    : rate_(framesPerSecond),
      burst_(framesPerSecond <= 0
                 ? kMostBurst
                 : std::clamp<std::uint64_t>(static_cast<std::uint64_t>(framesPerSecond / 1000), 1,
                                             kMostBurst)),
      start_(start) {}

Pace::Clock::time_point Pace::timeOf(double frame) const {
  return start_ + std::chrono::duration_cast<Clock::duration>(
                      std::chrono::duration<double>(frame / rate_));
}

Pace::Clock::time_point Pace::nextBurst() const {
  return timeOf(static_cast<double>(sent_ + burst_ - 1));
}

std::uint64_t Pace::due(Clock::time_point now) {
  if (rate_ <= 0) return burst_;
  if (now < nextBurst()) return 0;
  const double passed = std::chrono::duration<double>(now - start_).count();
  const double behind = passed * rate_ - static_cast<double>(sent_);
  const double most = std::max(static_cast<double>(burst_), rate_ / 1000);
  if (behind > most + static_cast<double>(burst_)) {
    start_ += std::chrono::duration_cast<Clock::duration>(
        std::chrono::duration<double>((behind - most) / rate_));
  }
  return burst_;
}

}  // namespace nmcap::sim
