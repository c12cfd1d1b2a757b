// Copy monitors: which frames, when, in which order, with which flags.
#include <cerrno>
#include <chrono>
#include <thread>

#include "check.h"
#include "fixture.h"

using namespace fixture;
namespace abi = nmcap::abi;

TEST("copy: tx frames are seen at the application's txsync, with TXMON") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  transmit(*app, numbered("out", 5));
  const auto seen = consume(*monitor);
  EQUAL(textOf(seen), joined(numbered("out", 5)));
  for (const Seen& slot : seen) HOLDS(slot.tx());
}

TEST("copy: rx frames are seen on arrival although the application never reads, without TXMON") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  EQUAL(arrive(*device, numbered("in", 5)), 5u);
  const auto seen = consume(*monitor);
  EQUAL(textOf(seen), joined(numbered("in", 5)));
  for (const Seen& slot : seen) HOLDS(!slot.tx());
}

TEST("copy: frames that came before the monitor are not seen") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  arrive(*device, numbered("early", 3));
  app->rxSync();
  const auto monitor = copyMonitor(*device, "em0");
  arrive(*device, numbered("late", 2));
  EQUAL(textOf(consume(*monitor)), joined(numbered("late", 2)));
}

TEST("copy: a frame that comes while the application reads is seen once") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  arrive(*device, numbered("in", 3));
  EQUAL(consume(*app).size(), 3u);
  arrive(*device, numbered("in", 3, 3));
  EQUAL(consume(*app).size(), 3u);
  EQUAL(textOf(consume(*monitor)), joined(numbered("in", 6)));
}

TEST("copy: a monitor of one direction sees that direction only") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto tx = open(*device, request("em0", abi::kMonitorTx));
  const auto rx = open(*device, request("em0", abi::kMonitorRx));
  transmit(*app, numbered("out", 2));
  arrive(*device, numbered("in", 2));
  EQUAL(textOf(consume(*tx)), joined(numbered("out", 2)));
  EQUAL(textOf(consume(*rx)), joined(numbered("in", 2)));
}

TEST("copy: a full ring skips the oldest frames of the batch and keeps the newest") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  auto small = request("em0", kCopyMonitor);
  small.rxSlots = 8;
  const auto monitor = open(*device, small);
  transmit(*app, numbered("out", 20));
  EQUAL(textOf(consume(*monitor)), joined(numbered("out", 7, 13)));
  const auto losses = device->losses(monitor->descriptor());
  EQUAL(losses.size(), 1u);
  EQUAL(losses[0].tx, 13u);
  EQUAL(losses[0].rx, 0u);
}

TEST("copy: a ring that is full already keeps what it has") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  auto small = request("em0", kCopyMonitor);
  small.rxSlots = 8;
  const auto monitor = open(*device, small);
  transmit(*app, numbered("out", 5));
  transmit(*app, numbered("out", 5, 5));
  arrive(*device, numbered("in", 4));
  EQUAL(textOf(consume(*monitor)), joined(numbered("out", 5)) + joined(numbered("out", 2, 8)));
  const auto losses = device->losses(monitor->descriptor());
  EQUAL(losses[0].tx, 3u);
  EQUAL(losses[0].rx, 4u);
}

TEST("copy: slots that were read but not synced back still count as busy") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  auto small = request("em0", kCopyMonitor);
  small.rxSlots = 8;
  const auto monitor = open(*device, small);
  transmit(*app, numbered("out", 7));
  EQUAL(take(*monitor).size(), 7u);
  transmit(*app, numbered("lost", 3));
  EQUAL(take(*monitor).size(), 0u);
  transmit(*app, numbered("kept", 3));
  EQUAL(textOf(take(*monitor)), joined(numbered("kept", 3)));
  EQUAL(device->losses(monitor->descriptor())[0].tx, 3u);
}

TEST("copy: a frame longer than the monitor's buffer is cut, and so is its length") {
  const auto device = deviceWith({"", 1, 1, 64, 4096});
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  const std::string frame(3000, 'x');
  transmit(*app, {frame});
  arrive(*device, {frame});
  for (const Seen& slot : consume(*monitor)) EQUAL(slot.bytes, frame.substr(0, 2048));
  for (const std::uint32_t index : {0, 1}) EQUAL(slotLength(*monitor, index), 2048u);
  EQUAL(consume(*app).front().bytes, frame);
}

TEST("copy: a frame over several slots keeps MOREFRAG on all but its last") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  std::string frame;
  for (int i = 0; i < 5000; i++) frame += static_cast<char>('a' + i % 26);
  transmit(*app, {frame});
  arrive(*device, {frame});
  const auto seen = consume(*monitor);
  EQUAL(seen.size(), 6u);
  for (const std::size_t start : {0, 3}) {
    EQUAL(seen[start].bytes + seen[start + 1].bytes + seen[start + 2].bytes, frame);
    HOLDS(seen[start].moreFragments() && seen[start + 1].moreFragments());
    HOLDS(!seen[start + 2].moreFragments());
  }
  HOLDS(seen[0].tx() && !seen[3].tx());
}

TEST("copy: an overflow can cut a chain of slots, which counts as one lost frame") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  auto small = request("em0", kCopyMonitor);
  small.rxSlots = 4;
  const auto monitor = open(*device, small);
  transmit(*app, {std::string(5 * 2048, 'x')});
  const auto seen = consume(*monitor);
  EQUAL(seen.size(), 3u);
  HOLDS(seen[0].moreFragments() && seen[1].moreFragments() && !seen[2].moreFragments());
  EQUAL(device->losses(monitor->descriptor())[0].tx, 1u);
}

TEST("copy: one that joins a zero-copy monitor is first shown old frames of the rx ring") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto zeroCopy = zeroCopyMonitor(*device, "em0");
  arrive(*device, numbered("old", 3));
  consume(*app);
  const auto copy = copyMonitor(*device, "em0");
  arrive(*device, numbered("new", 1));
  const auto seen = consume(*copy);
  EQUAL(seen.size(), 4u);
  EQUAL(seen[3].bytes, numbered("new", 1).front());
}

TEST("copy: several monitors see the same, each at its own pace") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto one = copyMonitor(*device, "em0");
  auto two = copyMonitor(*device, "em0");
  const auto three = copyMonitor(*device, "em0");
  transmit(*app, numbered("out", 3));
  EQUAL(textOf(consume(*one)), joined(numbered("out", 3)));
  two.reset();
  transmit(*app, numbered("out", 3, 3));
  EQUAL(textOf(consume(*one)), joined(numbered("out", 3, 3)));
  EQUAL(textOf(consume(*three)), joined(numbered("out", 6)));
}

TEST("copy: monitors that come one after the other find the port as the first did") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  for (int round = 0; round < 3; round++) {
    const auto monitor = copyMonitor(*device, "em0");
    transmit(*app, numbered("out", 1, round));
    arrive(*device, numbered("in", 1, round));
    EQUAL(textOf(consume(*monitor)),
          joined(numbered("out", 1, round)) + joined(numbered("in", 1, round)));
  }
}

TEST("copy: ring i gets what passes through ring i, and a monitor of one ring only that") {
  const auto device = deviceWith({"", 3, 1, 64, 2048});
  const auto app = open(*device, "em0");
  const auto all = copyMonitor(*device, "em0");
  const auto one = open(*device, request("em0", kCopyMonitor, abi::kModeOneNic, 1));
  for (std::uint16_t ring = 0; ring < 3; ring++) {
    transmit(*app, numbered("out ring " + std::to_string(ring), 1), ring);
    arrive(*device, numbered("in ring " + std::to_string(ring), 1), ring);
  }
  const auto seen = consume(*all);
  EQUAL(seen.size(), 6u);
  for (const Seen& slot : seen) {
    const std::string ring = "ring " + std::to_string(slot.ring);
    HOLDS(slot.bytes.find(ring) != std::string::npos);
  }
  EQUAL(textOf(consume(*one)),
        joined(numbered("out ring 1", 1)) + joined(numbered("in ring 1", 1)));
}

TEST("copy: a monitor's txsync is an error that only poll tells") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  HOLDS(monitor->txSync());
  EQUAL(pollOnce(*monitor, POLLOUT), POLLOUT | POLLERR);
  EQUAL(pollOnce(*monitor, POLLIN), 0);
}

TEST("copy: the parent leaves: poll fails at once and for ever, rxsync does not") {
  const auto device = deviceWithNic();
  auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  transmit(*app, numbered("out", 1));
  EQUAL(consume(*monitor).size(), 1u);
  app.reset();
  for (int i = 0; i < 2; i++) {
    EQUAL(pollOnce(*monitor, POLLIN, 1000), POLLERR);
    HOLDS(monitor->rxSync());
  }
  EQUAL(openError(*device, request("em0", kCopyMonitor)), EINVAL);

  app = open(*device, "em0");
  EQUAL(pollOnce(*monitor, POLLIN), POLLERR);
  const auto again = copyMonitor(*device, "em0");
  transmit(*app, numbered("back", 1));
  EQUAL(textOf(consume(*again)), joined(numbered("back", 1)));
}

TEST("copy: the parent leaves: what was synced can be read, what was not is lost") {
  const auto device = deviceWithNic();
  auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  transmit(*app, numbered("out", 8));
  monitor->rxSync();
  transmit(*app, numbered("lost", 2));
  app.reset();
  EQUAL(pollOnce(*monitor, POLLIN), POLLIN | POLLERR);
  EQUAL(textOf(take(*monitor)), joined(numbered("out", 8)));
  EQUAL(pollOnce(*monitor, POLLIN), POLLERR);
  EQUAL(pollOnce(*monitor, 0), 0);
}

TEST("copy: a poll that sleeps when the parent leaves is told at its end") {
  const auto device = deviceWithNic();
  auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  Thread closer([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    app.reset();
  });
  const auto start = std::chrono::steady_clock::now();
  EQUAL(pollOnce(*monitor, POLLIN, 150), POLLERR);
  HOLDS(std::chrono::steady_clock::now() - start >= std::chrono::milliseconds(150));
  closer.join();
}

TEST("copy: the application's slot flags are seen, with TXMON added") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  nmcap::Ring& ring = app->txRings().front();
  ring.describe(0, 60, abi::kSlotBufferChanged);
  ring.describe(1, 60, abi::kSlotReport);
  ring.release(2);
  app->txSync();
  const auto seen = consume(*monitor);
  EQUAL(seen[0].flags, 0x41);
  EQUAL(seen[1].flags, 0x42);
  EQUAL(ring.piece(0).flags, 0);
}

TEST("copy: the parent stays in netmap mode as long as any descriptor has it") {
  const auto device = deviceWithNic();
  auto first = open(*device, "em0");
  const auto second = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  first.reset();
  arrive(*device, numbered("in", 1));
  EQUAL(textOf(consume(*monitor)), joined(numbered("in", 1)));
}

TEST("copy: a monitor's memory outlives its parent while it is mapped") {
  const auto device = deviceWithNic();
  auto app = open(*device, "em0");
  auto monitor = copyMonitor(*device, "em0");
  transmit(*app, numbered("out", 2));
  monitor->rxSync();
  app.reset();
  const nmcap::Ring& ring = monitor->rxRings().front();
  EQUAL(ring.available(), 2u);
  EQUAL(std::string(reinterpret_cast<const char*>(ring.piece(ring.head()).data), 60),
        numbered("out", 1).front());
}
