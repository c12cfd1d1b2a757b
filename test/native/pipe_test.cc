// Netmap pipes and their monitors.
#include <poll.h>

#include <cerrno>

#include "check.h"
#include "fixture.h"

using namespace fixture;
using nmcap::sim::Device;
namespace abi = nmcap::abi;

TEST("pipe: what one end sends the other receives, both ways, in the parent's memory") {
  for (const std::string parent : {"vale0:a", "em0"}) {
    const auto device = deviceWithNic();
    const auto master = open(*device, parent + "{1");
    const auto slave = open(*device, parent + "}1");
    EQUAL(master->granted().mem_id, slave->granted().mem_id);
    EQUAL(master->interfaceName(), parent + "{1");
    for (int round = 0; round < 300; round++) {
      transmit(*master, numbered("there", 5, round));
      EQUAL(textOf(consume(*slave)), joined(numbered("there", 5, round)));
      transmit(*slave, numbered("back", 3, round));
      EQUAL(textOf(consume(*master)), joined(numbered("back", 3, round)));
      master->txSync();
      slave->txSync();
    }
  }
}

TEST("pipe: a tx ring is full until the other end releases") {
  const auto device = deviceWith({"", 1, 1, 8, 2048});
  const auto master = open(*device, "em0{1");
  const auto slave = open(*device, "em0}1");
  transmit(*master, numbered("out", 7));
  master->txSync();
  EQUAL(master->txRings()[0].available(), 0u);
  EQUAL(take(*slave).size(), 7u);
  master->txSync();
  EQUAL(master->txRings()[0].available(), 0u);
  slave->rxSync();
  master->txSync();
  EQUAL(master->txRings()[0].available(), 7u);
}

TEST("pipe: only whole frames are handed over") {
  const auto device = deviceWithNic();
  const auto master = open(*device, "em0{1");
  const auto slave = open(*device, "em0}1");
  nmcap::Ring& ring = master->txRings()[0];
  ring.describe(0, 60, abi::kSlotMoreFragments);
  ring.release(1);
  master->txSync();
  EQUAL(take(*slave).size(), 0u);
  ring.describe(1, 60, 0);
  ring.release(2);
  master->txSync();
  EQUAL(take(*slave).size(), 2u);
}

TEST("pipe: frames wait for an end that is not open") {
  const auto device = deviceWithNic();
  const auto master = open(*device, "em0{1");
  const auto monitor = copyMonitor(*device, "em0{1");
  EQUAL(openError(*device, request("em0}1", kCopyMonitor)), EINVAL);
  transmit(*master, numbered("early", 3));
  EQUAL(consume(*monitor).size(), 3u);
  auto slave = open(*device, "em0}1");
  EQUAL(textOf(consume(*slave)), joined(numbered("early", 3)));
  slave.reset();
  transmit(*master, numbered("again", 2));
  slave = open(*device, "em0}1");
  EQUAL(textOf(consume(*slave)), joined(numbered("again", 2)));
}

TEST("pipe: a copy monitor sees each end's frames with that end's direction") {
  const auto device = deviceWithNic();
  const auto master = open(*device, "em0{1");
  const auto slave = open(*device, "em0}1");
  const auto sender = copyMonitor(*device, "em0{1");
  const auto receiver = copyMonitor(*device, "em0}1");
  EQUAL(sender->interfaceName(), "em0{1/rt#0");
  transmit(*master, numbered("out", 3));
  const auto sent = consume(*sender);
  const auto received = consume(*receiver);
  EQUAL(textOf(sent), joined(numbered("out", 3)));
  EQUAL(textOf(received), joined(numbered("out", 3)));
  HOLDS(sent[0].tx() && !received[0].tx());
}

TEST("pipe: a zero-copy monitor of the receiving end sees frames when they are released") {
  const auto device = deviceWithNic();
  const auto master = open(*device, "em0{1");
  const auto slave = open(*device, "em0}1");
  const auto receiver = zeroCopyMonitor(*device, "em0}1");
  for (int round = 0; round < 300; round++) {
    transmit(*master, numbered("out", 5, round));
    EQUAL(take(*slave).size(), 5u);
    EQUAL(consume(*receiver).size(), 0u);
    slave->rxSync();
    EQUAL(textOf(consume(*receiver)), joined(numbered("out", 5, round)));
    master->txSync();
  }
}

TEST("pipe: the closed end's monitor is told, the other's is not") {
  const auto device = deviceWithNic();
  const auto master = open(*device, "em0{1");
  auto slave = open(*device, "em0}1");
  const auto ofMaster = copyMonitor(*device, "em0{1");
  const auto ofSlave = copyMonitor(*device, "em0}1");
  slave.reset();
  EQUAL(pollOnce(*ofMaster, POLLIN), 0);
  EQUAL(pollOnce(*ofSlave, POLLIN), POLLERR);
}

TEST("pipe: the parent is not in netmap mode because its pipe is") {
  const auto device = deviceWithNic();
  const auto master = open(*device, "em0{1");
  EQUAL(openError(*device, request("em0", kCopyMonitor)), EINVAL);
  EQUAL(openError(*device, request("em0{2", kCopyMonitor)), EINVAL);
  EQUAL(openError(*device, request("em1{1")), ENXIO);
  EQUAL(openError(*device, request("em0{")), EINVAL);
  EQUAL(openError(*device, request("{1")), EINVAL);
  EQUAL(openError(*device, request("em0{1", 0, abi::kModeHost)), EINVAL);
}

TEST("pipe: no buffer is lost, however the ends come and go") {
  const auto device = deviceWith({"", 1, 1, 4, 2048});
  for (int round = 0; round < 200; round++) {
    auto master = open(*device, "em0{1");
    auto slave = open(*device, "em0}1");
    transmit(*master, numbered("out", 3));
    if (round % 2 == 0) take(*slave);
    (round % 3 == 0 ? master : slave).reset();
  }
  const auto app = open(*device, "em0");
  EQUAL(app->rxRings()[0].piece(0).data - app->rxRings()[0].piece(1).data, -2048);
}

TEST("pipe: several rings and slots of its own, mirrored") {
  const auto device = deviceWithNic();
  auto wish = request("em0{1");
  wish.txRings = 2;
  wish.rxRings = 3;
  wish.txSlots = 64;
  wish.rxSlots = 32;
  const auto master = open(*device, wish);
  const auto slave = open(*device, "em0}1");
  EQUAL(slave->txRings().size(), 3u);
  EQUAL(slave->rxRings().size(), 2u);
  EQUAL(slave->rxRings()[0].slotCount(), 64u);
  transmit(*master, numbered("ring 1", 1), 1);
  const auto seen = take(*slave);
  EQUAL(seen.size(), 1u);
  EQUAL(seen[0].ring, 1);
  const auto monitor = copyMonitor(*device, "em0{1");
  EQUAL(monitor->rxRings().size(), 3u);
}
