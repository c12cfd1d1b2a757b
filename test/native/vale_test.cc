// VALE switches and their monitors.
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "check.h"
#include "fixture.h"
#include "netmap/port.h"
#include "system/sys_error.h"

using namespace fixture;
using nmcap::sim::Device;
namespace abi = nmcap::abi;

TEST("vale: a port is made by REGISTER, with private memory and no host rings") {
  Device device;
  const auto port = open(device, "vale0:a");
  EQUAL(port->rxRings().size(), 1u);
  EQUAL(port->granted().rx_slots, 1024u);
  EQUAL(port->granted().host_rx_rings, 0);
  EQUAL(port->granted().memsize, 42369024u);
  EQUAL(openError(device, request("vale0:a", 0, abi::kModeHost)), EINVAL);
  EQUAL(openError(device, request("vale0:a", 0, abi::kModeNicAndHost)), EINVAL);
}

TEST("vale: rings and slots as asked for, within bounds") {
  Device device;
  auto wish = request("vale0:w");
  wish.txRings = wish.rxRings = 4;
  wish.txSlots = 512;
  wish.rxSlots = 256;
  const auto port = open(device, wish);
  EQUAL(port->granted().memsize, 20996096u);
  EQUAL(port->txRings().size(), 4u);
  EQUAL(port->txRings()[0].slotCount(), 512u);
  EQUAL(port->rxRings()[0].slotCount(), 256u);
  wish.name = "vale0:x";
  wish.txRings = wish.rxRings = 100;
  wish.rxSlots = 100000;
  const auto large = open(device, wish);
  EQUAL(large->granted().rx_rings, 16);
  EQUAL(large->granted().rx_slots, 4096u);
}

TEST("vale: names that make no sense are refused") {
  const auto device = deviceWithNic();
  EQUAL(openError(*device, request("vale0")), ENOMEM);
  EQUAL(openError(*device, request("vale!:a")), ENOMEM);
  EQUAL(openError(*device, request("vale0:abcdefghijklmnop")), ENOMEM);
  EQUAL(openError(*device, request("vale0:em0")), EINVAL);
  EQUAL(openError(*device, request("vale0:nobody", kCopyMonitor)), EINVAL);
  EQUAL(nmcap::portInfo(*device, "vale0:nobody").rx_slots, 1024u);
  EQUAL(openError(*device, request("vale0:nobody", kCopyMonitor)), EINVAL);
}

TEST("vale: VALE_LIST has the ports of all switches, switch by switch, and makes none") {
  Device device;
  const auto names = [&device] {
    std::vector<std::string> all;
    for (const auto& port : nmcap::valePorts(device)) all.push_back(port.name);
    return joined(all);
  };
  EQUAL(names(), joined({}));
  const auto b = open(device, "vale1:b");
  auto first = open(device, "vale0:a");
  const auto c = open(device, "vale1:c");
  const auto pipe = open(device, "vale0:d{1");
  const auto monitor = copyMonitor(device, "vale1:b");
  EQUAL(names(), joined({"vale1:b", "vale1:c", "vale0:a", "vale0:d"}));
  EQUAL(nmcap::valeSwitchIndex(device, "vale1").value(), 0);
  EQUAL(nmcap::valeSwitchIndex(device, "vale0").value(), 1);
  HOLDS(!nmcap::valeSwitchIndex(device, "vale2").has_value());
  EQUAL(nmcap::valePorts(device).back().switchIndex, 1);
  // A place that is free again is taken by the next port.
  first.reset();
  EQUAL(names(), joined({"vale1:b", "vale1:c", "vale0:d"}));
  const auto e = open(device, "vale0:e");
  EQUAL(names(), joined({"vale1:b", "vale1:c", "vale0:e", "vale0:d"}));
}

TEST("vale: unknown destinations are flooded, known ones are not, broadcasts always are") {
  Device device;
  const auto a = open(device, "vale0:a");
  const auto b = open(device, "vale0:b");
  const auto c = open(device, "vale0:c");
  const auto elsewhere = open(device, "vale1:d");
  const std::string toUnknown = ethernet(2, 1, "is 2 there?");
  transmit(*a, {toUnknown});
  EQUAL(textOf(consume(*a)), "");
  EQUAL(textOf(consume(*b)), joined({toUnknown}));
  EQUAL(textOf(consume(*c)), joined({toUnknown}));

  const std::string answer = ethernet(1, 2, "here is 2");
  transmit(*b, {answer});
  EQUAL(textOf(consume(*a)), joined({answer}));
  EQUAL(textOf(consume(*c)), "");

  const std::string known = ethernet(2, 1, "hello 2");
  const std::string all = ethernet(kBroadcast, 1, "hello all");
  transmit(*a, {known, all});
  EQUAL(textOf(consume(*b)), joined({known, all}));
  EQUAL(textOf(consume(*c)), joined({all}));
  EQUAL(textOf(consume(*elsewhere)), "");
}

TEST("vale: what a port sends to itself is dropped, but a monitor of the port sees it") {
  Device device;
  const auto a = open(device, "vale0:a");
  const auto b = open(device, "vale0:b");
  const auto monitor = copyMonitor(device, "vale0:a");
  transmit(*a, {ethernet(9, 1, "learn me")});
  consume(*b);
  consume(*monitor);
  transmit(*a, {ethernet(1, 1, "to myself")});
  EQUAL(consume(*a).size() + consume(*b).size(), 0u);
  const auto seen = consume(*monitor);
  EQUAL(seen.size(), 1u);
  HOLDS(seen[0].tx());
}

TEST("vale: monitors of sender and receiver see a frame at the sender's txsync") {
  Device device;
  const auto a = open(device, "vale0:a");
  const auto b = open(device, "vale0:b");
  const auto sender = copyMonitor(device, "vale0:a");
  const auto receiver = copyMonitor(device, "vale0:b");
  const std::string frame = ethernet(kBroadcast, 1, "hello");
  transmit(*a, {frame});
  const auto sent = consume(*sender);
  EQUAL(textOf(sent), joined({frame}));
  HOLDS(sent[0].tx());
  receiver->rxSync();
  EQUAL(receiver->rxRings()[0].piece(0).flags, 0x0100);
  const auto received = consume(*receiver);
  EQUAL(textOf(received), joined({frame}));
  HOLDS(!received[0].tx());
  EQUAL(textOf(consume(*b)), joined({frame}));
}

TEST("vale: a zero-copy monitor of the receiver sees a frame when it has been released") {
  Device device;
  const auto a = open(device, "vale0:a");
  const auto b = open(device, "vale0:b");
  const auto sender = zeroCopyMonitor(device, "vale0:a");
  const auto receiver = zeroCopyMonitor(device, "vale0:b");
  const std::string frame = ethernet(kBroadcast, 1, "hello");
  transmit(*a, {frame});
  EQUAL(textOf(consume(*sender)), joined({frame}));
  EQUAL(textOf(consume(*receiver)), "");
  EQUAL(take(*b).size(), 1u);
  EQUAL(textOf(consume(*receiver)), "");
  b->rxSync();
  EQUAL(textOf(consume(*receiver)), joined({frame}));
}

TEST("vale: frames over several slots carry their number, and end where a txsync cuts them") {
  Device device;
  const auto a = open(device, "vale0:a");
  const auto b = open(device, "vale0:b");
  const auto monitor = copyMonitor(device, "vale0:a");
  std::string frame = ethernet(kBroadcast, 1, "long");
  frame.resize(5000, 'x');
  transmit(*a, {frame});
  b->rxSync();
  const nmcap::Ring& ring = b->rxRings()[0];
  EQUAL(ring.piece(0).flags, 0x0320);
  EQUAL(ring.piece(1).flags, 0x0320);
  EQUAL(ring.piece(2).flags, 0x0300);
  EQUAL(consume(*b).size(), 3u);
  consume(*monitor);

  nmcap::Ring& tx = a->txRings()[0];
  std::fill_n(tx.piece(tx.head()).data, 60, std::uint8_t{0xff});
  tx.describe(tx.head(), 60, abi::kSlotMoreFragments);
  tx.release(tx.next(tx.head()));
  a->txSync();
  std::fill_n(tx.piece(tx.head()).data, 60, std::uint8_t{0xff});
  tx.describe(tx.head(), 60, 0);
  tx.release(tx.next(tx.head()));
  a->txSync();
  const auto received = consume(*b);
  EQUAL(received.size(), 2u);
  HOLDS(!received[0].moreFragments() && !received[1].moreFragments());
  const auto seen = consume(*monitor);
  HOLDS(seen[0].moreFragments() && !seen[1].moreFragments());
}

TEST("vale: lengths: no padding, what is too short or too long is not forwarded") {
  Device device;
  const auto a = open(device, "vale0:a");
  const auto b = open(device, "vale0:b");
  const auto monitor = copyMonitor(device, "vale0:a");
  nmcap::Ring& tx = a->txRings()[0];
  std::uint32_t head = tx.head();
  for (const std::uint16_t length : {0, 13, 20, 2048, 2049}) {
    std::fill_n(tx.piece(head).data, 20, std::uint8_t{0xff});
    tx.describe(head, length, 0);
    head = tx.next(head);
  }
  tx.release(head);
  a->txSync();
  const auto received = consume(*b);
  EQUAL(received.size(), 2u);
  EQUAL(received[0].bytes.size(), 20u);
  EQUAL(received[1].bytes.size(), 2048u);
  const auto seen = consume(*monitor);
  EQUAL(seen.size(), 5u);
  EQUAL(seen[0].bytes.size(), 0u);
  EQUAL(seen[4].bytes.size(), 2048u);
}

TEST("vale: a full receiver loses the newest frames; its monitor sees what it got") {
  Device device;
  auto small = request("vale0:b");
  small.rxSlots = 8;
  const auto a = open(device, "vale0:a");
  const auto b = open(device, small);
  const auto monitor = copyMonitor(device, "vale0:b");
  std::vector<std::string> frames;
  for (int i = 0; i < 20; i++) frames.push_back(ethernet(kBroadcast, 1, std::to_string(i)));
  transmit(*a, frames);
  frames.resize(7);
  EQUAL(textOf(consume(*monitor)), joined(frames));
  EQUAL(textOf(consume(*b)), joined(frames));
}

TEST("vale: to a known port ring i leads to ring i, floods go to ring 0") {
  Device device;
  auto wide = request("vale0:a");
  wide.txRings = wide.rxRings = 3;
  const auto a = open(device, wide);
  wide.name = "vale0:b";
  const auto b = open(device, wide);
  transmit(*b, {ethernet(kBroadcast, 2, "here is 2")});
  consume(*a);
  for (std::uint16_t ring = 0; ring < 3; ring++) {
    transmit(*a, {ethernet(2, 1, "known"), ethernet(7, 1, "unknown")}, ring);
  }
  int known[3] = {};
  for (const Seen& slot : consume(*b)) {
    if (slot.bytes.find("unknown") != std::string::npos) {
      EQUAL(slot.ring, 0);
    } else {
      known[slot.ring]++;
    }
  }
  for (const int count : known) EQUAL(count, 1);
}

TEST("vale: a monitor has as many rx rings as its parent has rings on either side") {
  for (const bool moreTx : {true, false}) {
    Device device;
    auto wish = request("vale0:a");
    wish.txRings = moreTx ? 3 : 1;
    wish.rxRings = moreTx ? 1 : 3;
    const auto a = open(device, wish);
    const auto monitor = copyMonitor(device, "vale0:a");
    EQUAL(monitor->rxRings().size(), 3u);
    EQUAL(monitor->txRings().size(), 1u);
    if (!moreTx) continue;
    transmit(*a, {ethernet(kBroadcast, 1, "hello")}, 2);
    const auto seen = consume(*monitor);
    EQUAL(seen.size(), 1u);
    EQUAL(seen[0].ring, 2);
  }
}

TEST("vale: a port that is closed is gone, and its switch goes with the last one") {
  Device device;
  const auto a = open(device, "vale0:a");
  auto b = open(device, "vale0:b");
  auto monitor = copyMonitor(device, "vale0:b");
  transmit(*b, {ethernet(kBroadcast, 2, "here is 2")});
  b.reset();
  EQUAL(pollOnce(*monitor, POLLIN, 1000), POLLERR);
  transmit(*a, {ethernet(2, 1, "are you there?")});
  b = open(device, "vale0:b");
  EQUAL(copyMonitor(device, "vale0:b")->interfaceName(), "vale0:b/rt#0");
}
