#include "sim/pace.h"

#include <algorithm>

#include "sim/playlist.h"

namespace nmcap::sim {
namespace {

// Long enough to sleep through what is left of it, short enough that a burst fits several times
// into the rings.
constexpr double kBurstSeconds = 100e-6;

// A wire carries no more than its rate, however late its sender is: missed frames follow at 10 %
// above the rate, and no more of them than this.
constexpr double kCatchUp = 1.1;
constexpr double kMaxBacklogSeconds = 20e-3;

Pace::Clock::duration secondsOf(double seconds) {
  return std::chrono::duration_cast<Pace::Clock::duration>(std::chrono::duration<double>(seconds));
}

std::uint64_t burstAt(double framesPerSecond) {
  if (framesPerSecond <= 0) return kMaxTurn;
  const auto frames = static_cast<std::uint64_t>(framesPerSecond * kBurstSeconds);
  // Whole turns, or one: so that every ring and direction gets as many frames.
  if (frames > kMaxTurn) return frames - frames % kMaxTurn;
  return std::max<std::uint64_t>(frames, 1);
}

}  // namespace

Pace::Pace(double framesPerSecond, Clock::time_point start)
    : rate_(framesPerSecond), burst_(burstAt(framesPerSecond)), start_(start) {}

Pace::Clock::time_point Pace::timeOf(double frame) const {
  return start_ + secondsOf(frame / rate_);
}

Pace::Clock::time_point Pace::nextBurst() const {
  return std::max(timeOf(static_cast<double>(sent_ + burst_ - 1)), notBefore_);
}

std::uint64_t Pace::due(Clock::time_point now) {
  if (rate_ <= 0) return burst_;
  if (now < nextBurst()) return 0;
  const double passed = std::chrono::duration<double>(now - start_).count();
  const double backlog = passed * rate_ - static_cast<double>(sent_ + burst_);
  const double most = std::max(static_cast<double>(burst_), rate_ * kMaxBacklogSeconds);
  if (backlog > most) start_ += secondsOf((backlog - most) / rate_);
  const Clock::duration least = secondsOf(static_cast<double>(burst_) / rate_ / kCatchUp);
  notBefore_ = std::max(notBefore_, now - least) + least;
  return burst_;
}

}  // namespace nmcap::sim
