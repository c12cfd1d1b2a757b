// How long rings last at the rate at which frames come at the moment, and so what time there is for
// anything but draining them.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace nmcap {

class RingTime {
 public:
  using Clock = std::chrono::steady_clock;
  using Duration = std::chrono::nanoseconds;

  // `rest`: how long packets may wait in a ring for others. `mostBeforeRest`: the share of a ring
  // above which a look has come too late for that.
  RingTime(Duration rest, double mostBeforeRest) : rest_(rest), mostBeforeRest_(mostBeforeRest) {}

  // What a look at the rings has found: the share of its slots that the fullest one has filled
  // since the last look, and the slots of all.
  void looked(Clock::time_point now, double fill, std::uint64_t slots) {
    const Duration since = now - std::exchange(at_, now);
    const Duration sample = fill > 0 ? std::chrono::duration_cast<Duration>(since / fill) : kLong;
    // Frames come in bursts: the next one may be as large as one of the last ones.
    untilFull_ = std::min({sample, untilFull_ + untilFull_ / 4, kLong});
    isFull_ = fill > kMostFilled;
    // One long rest is forgotten after some hundred looks.
    restLasts_ = std::max(rest_, restLasts_ - restLasts_ / 64);
    const double expected = static_cast<double>(slots) * rest_.count() / since.count();
    isWorthRest_ =
        fill <= mostBeforeRest_ && expected >= kFewest && untilFull_ >= kFewestRests * restLasts_;
  }
  // How long a rest has really been, where another thread may have had the processor.
  void rested(Duration time) { restLasts_ = std::max(restLasts_, time); }

  // How long a write may take before something must be done about it. Where rings are full anyway,
  // no processor is to spare for another thread, and no ring to be saved.
  Duration forWrite() const {
    return isFull_ ? kStall : std::clamp(untilFull_ / 4, kLeastWrite, kMostWrite);
  }
  // How long the drain may sleep so that frames accumulate: it is woken less often then, and those
  // who send need not wake it.
  Duration forRest() const { return isWorthRest_ ? rest_ : Duration::zero(); }
  // The same while there is no room for what the rings hold.
  Duration forRestWithoutRoom() const {
    return std::clamp(untilFull_ / 2, kLeastWithoutRoom, kMostWithoutRoom);
  }

 private:
  static constexpr Duration kLong = std::chrono::seconds(1);
  static constexpr Duration kLeastWrite = std::chrono::microseconds(500);
  static constexpr Duration kMostWrite = std::chrono::milliseconds(5);
  static constexpr Duration kStall = std::chrono::milliseconds(50);
  static constexpr double kMostFilled = 0.5;
  // The ring may be filled by a burst meanwhile.
  static constexpr int kFewestRests = 6;
  static constexpr double kFewest = 8;  // frames that make a rest worth its wake-up
  static constexpr Duration kLeastWithoutRoom = std::chrono::microseconds(50);
  static constexpr Duration kMostWithoutRoom = std::chrono::microseconds(500);

  Duration rest_;
  double mostBeforeRest_;
  Duration restLasts_ = rest_;  // the longest one of late
  Clock::time_point at_ = Clock::now();
  Duration untilFull_ = kLong;  // of an empty ring
  bool isFull_ = false;
  bool isWorthRest_ = false;
};

}  // namespace nmcap
