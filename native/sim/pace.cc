#include "pace.h"

#include <algorithm>

#include "playlist.h"

namespace nmcap::sim {
namespace {

// Long enough to sleep through what is left of it, short enough that a burst fits several times
// into the rings.
constexpr double kBurstSeconds = 100e-6;

std::uint64_t burstAt(double framesPerSecond) {
  if (framesPerSecond <= 0) return kMostTurn;
  const auto frames = static_cast<std::uint64_t>(framesPerSecond * kBurstSeconds);
  // Whole turns, or one: so that every ring and direction gets as many frames.
  if (frames > kMostTurn) return frames - frames % kMostTurn;
  return std::max<std::uint64_t>(frames, 1);
}

}  // namespace

Pace::Pace(double framesPerSecond, Clock::time_point start)
    : rate_(framesPerSecond), burst_(burstAt(framesPerSecond)), start_(start) {}

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
