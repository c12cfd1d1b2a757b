// When the next frames are due at a steady rate: in bursts of a tenth of a millisecond's worth, one
// frame at least.
#pragma once

#include <chrono>
#include <cstdint>

namespace nmcap::sim {

class Pace {
 public:
  using Clock = std::chrono::steady_clock;

  // `framesPerSecond` 0: as fast as possible.
  Pace(double framesPerSecond, Clock::time_point start);

  // How many frames may be sent now; 0: none before nextBurst(). After a stall the missed ones
  // follow at little more than the rate; the schedule moves where these are too many.
  std::uint64_t due(Clock::time_point now);
  Clock::time_point nextBurst() const;
  void sent(std::uint64_t frames) { sent_ += frames; }

 private:
  Clock::time_point timeOf(double frame) const;

  double rate_;
  std::uint64_t burst_;
  Clock::time_point start_;
  Clock::time_point notBefore_;
  std::uint64_t sent_ = 0;  // since start_
};

}  // namespace nmcap::sim
