// The drain thread's accounts, where it depends on what comes between two of its syncs.
#include "capture/drain.h"

#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "check.h"
#include "fixture.h"

using namespace fixture;
using nmcap::Drain;

namespace {

// A device of which each poll is announced, by number from 1, in the thread that calls it.
class Announced final : public nmcap::NetmapSys {
 public:
  Announced(nmcap::NetmapSys& device, std::function<void(int)> announce)
      : device_(device), announce_(std::move(announce)) {}

  int open() override { return device_.open(); }
  int ioctl(int fd, unsigned long request, void* argument) override {
    return device_.ioctl(fd, request, argument);
  }
  void* mmap(int fd, std::size_t length) override { return device_.mmap(fd, length); }
  int poll(pollfd* fds, nfds_t count, int timeoutMs) override {
    announce_(++polls_);
    return device_.poll(fds, count, timeoutMs);
  }
  int close(int fd) override { return device_.close(fd); }

 private:
  nmcap::NetmapSys& device_;
  const std::function<void(int)> announce_;
  int polls_ = 0;
};

// Frames that are sent before a poll, some of them before its ring is synced once more.
struct Before {
  Before(int frames, int afterSync = 0) : frames(frames), afterSync(afterSync) {}
  int frames;
  int afterSync;  // 0: no sync
};

// What a drain on a monitor ring of eight slots counts of frames that are sent before its first
// polls.
nmcap::WayCounters countOf(const std::vector<Before>& polls) {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  Drain* running = nullptr;
  nmcap::Port* monitored = nullptr;
  Announced sys(*device, [&](int poll) {
    const auto index = static_cast<std::size_t>(poll - 1);
    if (index >= polls.size()) {
      running->requestStop();
      return;
    }
    transmit(*app, numbered("out", polls[index].frames));
    if (polls[index].afterSync == 0) return;
    HOLDS(monitored->rxSync());
    transmit(*app, numbered("out", polls[index].afterSync));
  });
  nmcap::PortRequest monitor = request("em0", kCopyMonitor);
  monitor.rxSlots = 8;
  nmcap::Port port(sys, monitor);
  monitored = &port;
  Drain drain({}, nullptr, [] {});
  drain.setPorts({&port});
  running = &drain;
  drain.start();
  while (drain.end() == Drain::End::kRunning)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  drain.close();
  return drain.counters().front().ways[nmcap::kOutbound];
}

}  // namespace

TEST("drain: a ring that filled up before it was drained first is before the capture") {
  // Up to the second poll the kernel has all slots for busy.
  const auto counters = countOf({20, 3, 2});
  EQUAL(counters.seen, 2u);
  EQUAL(counters.ringFull, 0u);
}

TEST("drain: what finds no room before the kernel knows of the first look is before the capture") {
  const auto counters = countOf({20, {3, 2}, 4});
  EQUAL(counters.seen, 6u);
  EQUAL(counters.ringFull, 0u);
}

TEST("drain: a ring that filled up before it was drained again is counted once") {
  const auto counters = countOf({0, 20});
  EQUAL(counters.seen, 7u);
  EQUAL(counters.ringFull, 1u);
}

TEST("drain: a ring that filled up behind slots not given back yet was full") {
  // At the second poll the kernel still has four slots for busy: of five frames three find room.
  const auto counters = countOf({4, 5});
  EQUAL(counters.seen, 7u);
  EQUAL(counters.ringFull, 1u);
}

TEST("drain: a ring that was full before poll synced it twice was full") {
  // Of five frames three find room; the first sync gives four more slots, of which one is taken.
  const auto counters = countOf({4, {5, 1}});
  EQUAL(counters.seen, 8u);
  EQUAL(counters.ringFull, 1u);
}

TEST("drain: a ring with room left was not full") {
  const auto counters = countOf({4, 2, 3});
  EQUAL(counters.seen, 9u);
  EQUAL(counters.ringFull, 0u);
}

TEST("drain: goes on with the monitors that follow one that has left") {
  constexpr std::uint32_t kStays = 20;
  const auto device = deviceWithNic();
  nmcap::DrainOptions options;
  options.awaitsPorts = true;
  auto app = open(*device, "em0");
  auto port = std::make_unique<nmcap::Port>(*device, request("em0", kCopyMonitor));
  Drain drain(options, nullptr, [] {});
  drain.setPorts({port.get()});
  const auto until = [&drain](bool left, std::uint32_t monitors) {
    for (;;) {
      const nmcap::PortStatus status = drain.statuses().front();
      if (status.left == left && status.monitors == monitors) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  };
  drain.start();
  std::uint64_t sent = 0;
  for (std::uint32_t stay = 1; stay <= kStays; stay++) {
    transmit(*app, numbered("out", 3));
    sent += 3;
    while (drain.counters().front().ways[nmcap::kOutbound].seen < sent)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    app->close();
    until(true, stay);
    // The drain does not look at it any more.
    port.reset();
    app = open(*device, "em0");
    port = std::make_unique<nmcap::Port>(*device, request("em0", kCopyMonitor));
    drain.attach(0, port.get());
    until(false, stay + 1);
  }
  drain.close();
  EQUAL(drain.counters().size(), 1u);
  EQUAL(drain.counters().front().ways[nmcap::kOutbound].seen, sent);
  EQUAL(static_cast<int>(drain.end()), static_cast<int>(Drain::End::kStopped));
}
