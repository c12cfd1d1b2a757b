// When there is time to rest, and how long a write may take.
#include "capture/ring_time.h"

#include <chrono>

#include "check.h"

using nmcap::RingTime;
using std::chrono::microseconds;
using std::chrono::milliseconds;

namespace {

constexpr microseconds kRest(250);

class Looks {
 public:
  // `times` times, so much after the last one: a look that finds `slots` of a ring's 4000.
  void look(microseconds after, std::uint64_t slots, int times = 1) {
    for (int i = 0; i < times; i++) {
      now_ += after;
      time.looked(now_, static_cast<double>(slots) / 4000, slots);
    }
  }

  RingTime time{kRest, 0.25};

 private:
  RingTime::Clock::time_point now_ = RingTime::Clock::now();
};

}  // namespace

TEST("ring time: where frames come and the ring lasts, there is a rest") {
  Looks looks;
  looks.look(kRest, 100, 3);
  HOLDS(looks.time.forRest() == kRest);
}

TEST("ring time: a rest for a few frames is not worth its wake-up") {
  Looks looks;
  looks.look(kRest, 2, 3);
  HOLDS(looks.time.forRest() == microseconds(0));
}

TEST("ring time: where the ring is full within a few rests, there is none") {
  Looks looks;
  looks.look(kRest, 1000, 3);
  HOLDS(looks.time.forRest() == microseconds(0));
}

TEST("ring time: after a look that was late there is no rest, however long the ring lasts") {
  Looks looks;
  looks.look(milliseconds(10), 2000, 3);
  HOLDS(looks.time.forRest() == microseconds(0));
}

TEST(
    "ring time: rests that last longer than they should need a ring that lasts longer, for a "
    "while") {
  Looks looks;
  looks.look(kRest, 100, 3);
  looks.time.rested(milliseconds(3));
  looks.look(kRest, 100);
  HOLDS(looks.time.forRest() == microseconds(0));
  looks.look(kRest, 100, 500);
  HOLDS(looks.time.forRest() == kRest);
}

TEST("ring time: a write may take a quarter of the time that the ring lasts") {
  Looks looks;
  looks.look(milliseconds(1), 400, 20);
  HOLDS(looks.time.forWrite() == microseconds(2500));
}

TEST("ring time: where rings are found full, a write may take long") {
  Looks looks;
  looks.look(milliseconds(1), 4000, 20);
  HOLDS(looks.time.forWrite() == milliseconds(50));
}
