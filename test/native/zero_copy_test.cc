// Zero-copy monitors: they swap buffers, and see frames when everybody else is done with them.
#include <cerrno>

#include "check.h"
#include "fixture.h"

using namespace fixture;
namespace abi = nmcap::abi;

TEST("zero-copy: tx frames are seen once their slots are free, with TXMON") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = zeroCopyMonitor(*device, "em0");
  transmit(*app, numbered("out", 4));
  const auto seen = consume(*monitor);
  EQUAL(textOf(seen), joined(numbered("out", 4)));
  for (const Seen& slot : seen) HOLDS(slot.tx());
}

TEST("zero-copy: rx frames are seen only when the application has released them") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = zeroCopyMonitor(*device, "em0");
  arrive(*device, numbered("in", 4));
  EQUAL(consume(*monitor).size(), 0u);
  EQUAL(take(*app).size(), 4u);
  EQUAL(consume(*monitor).size(), 0u);
  app->rxSync();
  const auto seen = consume(*monitor);
  EQUAL(textOf(seen), joined(numbered("in", 4)));
  for (const Seen& slot : seen) HOLDS(!slot.tx());
}

TEST("zero-copy: what the application changed before it released a frame is seen changed") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = zeroCopyMonitor(*device, "em0");
  arrive(*device, numbered("in", 1));
  app->rxSync();
  nmcap::Ring& ring = app->rxRings().front();
  ring.piece(ring.head()).data[0] = 'X';
  EQUAL(take(*app).size(), 1u);
  app->rxSync();
  EQUAL(consume(*monitor).front().bytes[0], 'X');
}

TEST("zero-copy: buffers are swapped, and many rounds lose none") {
  const auto device = deviceWith({"", 1, 1, 16, 2048});
  const auto app = open(*device, "em0");
  const auto monitor = zeroCopyMonitor(*device, "em0");
  for (int round = 0; round < 100; round++) {
    const auto frames = numbered("round " + std::to_string(round), 5);
    transmit(*app, frames);
    arrive(*device, frames);
    consume(*app);
    EQUAL(textOf(consume(*monitor)), joined(frames) + joined(frames));
  }
}

TEST("zero-copy: a full ring keeps the newest") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  auto small = request("em0", abi::kZeroCopyMonitor);
  small.rxSlots = 8;
  const auto monitor = open(*device, small);
  transmit(*app, numbered("out", 20));
  EQUAL(textOf(consume(*monitor)), joined(numbered("out", 7, 13)));
  EQUAL(device->losses(monitor->descriptor())[0].tx, 13u);
}

TEST("zero-copy: the second monitors the first: it sees frames when the first has released them") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto first = zeroCopyMonitor(*device, "em0");
  const auto second = zeroCopyMonitor(*device, "em0");
  transmit(*app, numbered("out", 3));
  EQUAL(consume(*second).size(), 0u);
  EQUAL(take(*first).size(), 3u);
  EQUAL(consume(*second).size(), 0u);
  first->rxSync();
  const auto seen = consume(*second);
  EQUAL(textOf(seen), joined(numbered("out", 3)));
  // Nothing tells the second one apart any more which way they went.
  for (const Seen& slot : seen) HOLDS(!slot.tx());
}

TEST("zero-copy: a chain holds together whichever monitor goes") {
  for (int gone = 0; gone < 3; gone++) {
    const auto device = deviceWithNic();
    const auto app = open(*device, "em0");
    std::vector<std::unique_ptr<nmcap::Port>> chain;
    for (int i = 0; i < 3; i++) chain.push_back(zeroCopyMonitor(*device, "em0"));
    chain.erase(chain.begin() + gone);
    transmit(*app, numbered("out", 3));
    arrive(*device, numbered("in", 2));
    consume(*app);
    const auto all = joined(numbered("out", 3)) + joined(numbered("in", 2));
    for (const auto& monitor : chain) EQUAL(textOf(consume(*monitor)), all);
    chain.push_back(zeroCopyMonitor(*device, "em0"));
    transmit(*app, numbered("more", 1));
    for (const auto& monitor : chain) {
      EQUAL(textOf(consume(*monitor)), joined(numbered("more", 1)));
    }
    chain.clear();
    transmit(*app, numbered("alone", 1));
  }
}

TEST("zero-copy: copy monitors and a zero-copy monitor share a port") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto copy = copyMonitor(*device, "em0");
  auto swap = zeroCopyMonitor(*device, "em0");
  transmit(*app, numbered("out", 2));
  arrive(*device, numbered("in", 2));
  consume(*app);
  const auto all = joined(numbered("out", 2)) + joined(numbered("in", 2));
  EQUAL(textOf(consume(*copy)), all);
  EQUAL(textOf(consume(*swap)), all);
  swap.reset();
  arrive(*device, numbered("on", 1));
  EQUAL(textOf(consume(*copy)), joined(numbered("on", 1)));
}

TEST("zero-copy: the parent leaves a chain: every poll fails, and closing is in any order") {
  for (const bool firstGoesFirst : {true, false}) {
    const auto device = deviceWithNic();
    auto app = open(*device, "em0");
    auto first = zeroCopyMonitor(*device, "em0");
    auto second = zeroCopyMonitor(*device, "em0");
    transmit(*app, numbered("out", 3));
    app.reset();
    for (nmcap::Port* const monitor : {first.get(), second.get()}) {
      HOLDS((pollOnce(*monitor, POLLIN) & POLLERR) != 0);
      HOLDS(monitor->rxSync());
    }
    (firstGoesFirst ? first : second).reset();
    HOLDS(((firstGoesFirst ? second : first)->rxSync()));
    app = open(*device, "em0");
    const auto third = zeroCopyMonitor(*device, "em0");
    transmit(*app, numbered("back", 1));
    EQUAL(textOf(consume(*third)), joined(numbered("back", 1)));
  }
}

TEST("zero-copy: the last one's departure gives the parent its callbacks and buffers back") {
  const auto device = deviceWith({"", 1, 1, 16, 2048});
  for (int round = 0; round < 50; round++) {
    const auto app = open(*device, "em0");
    const auto monitor = zeroCopyMonitor(*device, "em0");
    transmit(*app, numbered("out", 10));
    consume(*monitor);
  }
  // Lowest buffers first: had any been lost, the ring would not start with buffer 2 again.
  const auto app = open(*device, "em0");
  const auto& ring = app->rxRings().front();
  EQUAL(ring.piece(0).data - ring.piece(1).data, -2048);
}
