// When a load's frames are due: Pace is asked with times of the test's own.
#include "sim/pace.h"

#include <chrono>
#include <cstdint>
#include <vector>

#include "check.h"

using nmcap::sim::Pace;
using std::chrono::duration;
using std::chrono::microseconds;

namespace {

constexpr double kRate = 10'000'000;  // frames a second

// A sender that looks at the clock every microsecond, but not while it is held up.
class Sender {
 public:
  explicit Sender(double rate) : pace_(rate, Pace::Clock::time_point()) {}

  // Frames sent in so many microseconds.
  std::uint64_t send(int time) {
    std::uint64_t sent = 0;
    for (int i = 0; i < time; i++) {
      now_ += microseconds(1);
      const std::uint64_t due = pace_.due(now_);
      pace_.sent(due);
      sent += due;
    }
    return sent;
  }
  void stall(int time) { now_ += microseconds(time); }

 private:
  Pace pace_;
  Pace::Clock::time_point now_;
};

bool near(std::uint64_t frames, double expected, double tolerance) {
  const double difference = static_cast<double>(frames) - expected;
  return difference <= expected * tolerance && -difference <= expected * tolerance;
}

}  // namespace

TEST("pace: the rate is kept, in bursts of a tenth of a millisecond's worth") {
  Sender sender(kRate);
  HOLDS(near(sender.send(100'000), kRate / 10, 0.01));
  HOLDS(sender.send(250) <= kRate * 350e-6);
}

TEST("pace: what was missed in a stall follows, at little more than the rate") {
  Sender sender(kRate);
  sender.send(10'000);
  sender.stall(5000);
  HOLDS(sender.send(1000) <= kRate * 1.4e-3);
  HOLDS(near(sender.send(99'000), kRate * (105e-3 - 1.2e-3), 0.02));
  HOLDS(near(sender.send(100'000), kRate / 10, 0.01));
}

TEST("pace: a long stall moves the schedule") {
  Sender sender(kRate);
  sender.send(10'000);
  sender.stall(1'000'000);
  HOLDS(sender.send(1'000'000) <= kRate * 1.03);
}

TEST("pace: late wake-ups cost no frames") {
  Sender sender(kRate);
  std::uint64_t sent = 0;
  for (int i = 0; i < 1000; i++) {
    sent += sender.send(100);
    sender.stall(60);
  }
  HOLDS(near(sent, kRate * 160e-3, 0.02));
}
