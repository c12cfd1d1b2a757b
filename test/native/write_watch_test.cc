// What a watch over writes takes for a disk that stalls, and what not.
#include <poll.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "capture/write_watch.h"
#include "check.h"

using nmcap::WriteWatch;
using std::chrono::milliseconds;
using Clock = WriteWatch::Clock;

namespace {

constexpr milliseconds kLimit(20);
constexpr milliseconds kStall(200);

bool fires(const WriteWatch& watch, milliseconds within) {
  pollfd fd{watch.descriptor(), POLLIN, 0};
  return ::poll(&fd, 1, static_cast<int>(within.count())) == 1;
}

// Watches until the write is found stuck or so much time is over.
bool findsStuck(WriteWatch& watch, milliseconds within) {
  const auto until = Clock::now() + within;
  while (Clock::now() < until) {
    if (fires(watch, milliseconds(5)) && watch.isStuck()) return true;
  }
  return false;
}

// A write that takes as long as `wait` does.
template <typename Wait>
bool write(WriteWatch& watch, const Wait& wait) {
  watch.begin(Clock::now(), kLimit);
  wait();
  return watch.end(Clock::now());
}

void quickly() {}
void stalled() { std::this_thread::sleep_for(kStall); }
#ifdef __linux__
void busy() {
  for (const auto until = Clock::now() + kStall; Clock::now() < until;) {
  }
}
#endif

}  // namespace

TEST("a write that waits for longer than its limit is stuck, and its end reports that once") {
  WriteWatch watch;
  bool wasStuck = false;
  bool next = true;
  std::thread writer([&] {
    wasStuck = write(watch, stalled);
    next = write(watch, quickly);
  });
  const bool isStuck = findsStuck(watch, 2 * kStall);
  writer.join();
  HOLDS(isStuck);
  HOLDS(wasStuck);
  HOLDS(!next);
}

#ifdef __linux__
TEST("a write that is busy for longer than its limit is not stuck") {
  WriteWatch watch;
  bool wasStuck = true;
  std::thread writer([&] { wasStuck = write(watch, busy); });
  const bool isStuck = findsStuck(watch, kStall);
  writer.join();
  HOLDS(!isStuck);
  HOLDS(!wasStuck);
}
#endif

TEST("after a single write nobody is woken") {
  WriteWatch watch;
  HOLDS(!write(watch, quickly));
  HOLDS(!fires(watch, 3 * kLimit));
}

TEST("the second one of two writes is watched as the first one is") {
  WriteWatch watch;
  std::atomic<bool> isOver{false};
  std::thread writer([&] {
    // The alarm is set for the first of them.
    for (int i = 0; i < 5; i++) write(watch, quickly);
    write(watch, stalled);
    isOver = true;
  });
  const bool isStuck = findsStuck(watch, 2 * kStall);
  const bool wasOver = isOver;
  writer.join();
  HOLDS(isStuck);
  HOLDS(!wasOver);
}

TEST("an alarm that finds no write leaves the next one watched") {
  WriteWatch watch;
  write(watch, quickly);
  write(watch, quickly);
  HOLDS(fires(watch, 3 * kLimit));
  HOLDS(!watch.isStuck());
  std::thread writer([&] { write(watch, stalled); });
  const bool isStuck = findsStuck(watch, 2 * kStall);
  writer.join();
  HOLDS(isStuck);
}
