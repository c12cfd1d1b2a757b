// poll(2) on simulated descriptors: alone, with others, sleeping and woken.
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "check.h"
#include "fixture.h"

using namespace fixture;
using Clock = std::chrono::steady_clock;

namespace {

long millisecondsSince(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start).count();
}

}  // namespace

TEST("poll: an unbound descriptor is POLLERR") {
  const auto device = deviceWithNic();
  const int fd = device->open();
  pollfd entry{fd, POLLIN, 0};
  EQUAL(device->poll(&entry, 1, 1000), 1);
  EQUAL(entry.revents, POLLERR);
  device->close(fd);
}

TEST("poll: a quiet port times out, not before its time") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto start = Clock::now();
  EQUAL(pollOnce(*app, POLLIN, 30), 0);
  HOLDS(millisecondsSince(start) >= 30);
}

TEST("poll: takes in what arrived, without a sync by the caller, and releases what was read") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  arrive(*device, numbered("in", 2));
  EQUAL(app->rxRings().front().available(), 0u);
  EQUAL(pollOnce(*app, POLLIN), POLLIN);
  EQUAL(app->rxRings().front().available(), 2u);
  app->rxRings().front().release(app->rxRings().front().tail());
  EQUAL(pollOnce(*app, POLLIN), 0);
}

TEST("poll: sends what waits in a tx ring even when asked for input only") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  nmcap::Ring& ring = app->txRings().front();
  ring.describe(ring.head(), 60, 0);
  ring.release(ring.next(ring.head()));
  pollOnce(*app, POLLIN);
  EQUAL(consume(*monitor).size(), 1u);
}

TEST("poll: with NO_TX_POLL it does not") {
  const auto device = deviceWithNic();
  const auto app = open(*device, request("em0", nmcap::abi::kNoTxPoll));
  const auto monitor = copyMonitor(*device, "em0");
  nmcap::Ring& ring = app->txRings().front();
  ring.describe(ring.head(), 60, 0);
  ring.release(ring.next(ring.head()));
  pollOnce(*app, POLLIN);
  EQUAL(consume(*monitor).size(), 0u);
}

TEST("poll: room to send is POLLOUT") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  EQUAL(pollOnce(*app, POLLIN | POLLOUT), POLLOUT);
}

TEST("poll: a sleeping monitor is woken by the application's txsync") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  Thread sender([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    transmit(*app, numbered("out", 1));
  });
  const auto start = Clock::now();
  EQUAL(pollOnce(*monitor, POLLIN, 10000), POLLIN);
  sender.join();
  HOLDS(millisecondsSince(start) < 5000);
}

TEST("poll: a sleeping application is woken by a frame, with and without a monitor") {
  for (const bool monitored : {false, true}) {
    const auto device = deviceWithNic();
    const auto app = open(*device, "em0");
    const auto monitor = monitored ? copyMonitor(*device, "em0") : nullptr;
    Thread wire([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      arrive(*device, numbered("in", 1));
    });
    EQUAL(pollOnce(*app, POLLIN, 10000), POLLIN);
    wire.join();
  }
}

TEST("poll: mixes with ordinary descriptors: whichever is ready ends it") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  int ends[2];
  EQUAL(::pipe(ends), 0);
  pollfd set[2] = {{app->descriptor(), POLLIN, 0}, {ends[0], POLLIN, 0}};
  EQUAL(device->poll(set, 2, 10), 0);

  Thread stopper([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    EQUAL(::write(ends[1], "x", 1), 1);
  });
  EQUAL(device->poll(set, 2, 10000), 1);
  stopper.join();
  EQUAL(set[0].revents, 0);
  EQUAL(set[1].revents, POLLIN);

  arrive(*device, numbered("in", 1));
  EQUAL(device->poll(set, 2, 10000), 2);
  EQUAL(set[0].revents, POLLIN);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST("poll: ordinary descriptors alone, and negative ones, are the system's affair") {
  nmcap::sim::Device device;
  int ends[2];
  EQUAL(::pipe(ends), 0);
  EQUAL(::write(ends[1], "x", 1), 1);
  pollfd set[2] = {{ends[0], POLLIN, 0}, {-1, POLLIN, 0}};
  EQUAL(device.poll(set, 2, 0), 1);
  EQUAL(set[0].revents, POLLIN);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST("poll: no wakeup is lost in ten thousand turns") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  constexpr int kTurns = 10000;
  Thread sender([&] {
    for (int i = 0; i < kTurns; i++) {
      transmit(*app, numbered("out", 1));
      // At most one ring's worth ahead of the reader.
      if (i % 512 == 511) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  });
  std::uint64_t seen = 0;
  const auto lost = [&] { return device->losses(monitor->descriptor())[0].tx; };
  while (seen + lost() < kTurns) {
    const short events = pollOnce(*monitor, POLLIN, 10000);
    if (events != POLLIN && seen + lost() < kTurns) break;
    seen += take(*monitor).size();
  }
  sender.join();
  EQUAL(seen + lost(), std::uint64_t{kTurns});
}

TEST("poll: the time of the sync is on the ring, in microseconds") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  app->rxRings().front().requestTimestamps();
  timeval before{};
  ::gettimeofday(&before, nullptr);
  app->rxSync();
  timeval after{};
  ::gettimeofday(&after, nullptr);
  const timeval stamp = app->rxRings().front().timestamp();
  HOLDS(!timercmp(&stamp, &before, <));
  HOLDS(!timercmp(&stamp, &after, >));
}

TEST("poll: a head out of range is POLLERR, and the ring goes on") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  arrive(*device, numbered("in", 2));
  app->rxSync();
  nmcap::Ring& ring = app->rxRings().front();
  ring.release(5000);
  HOLDS((pollOnce(*app, POLLIN) & POLLERR) != 0);
  ring.release(0);
  EQUAL(textOf(take(*app)), joined(numbered("in", 2)));

  nmcap::Ring& tx = app->txRings().front();
  tx.release(5000);
  HOLDS((pollOnce(*app, POLLOUT) & POLLERR) != 0);
  tx.release(0);
  transmit(*app, numbered("out", 1));
}
