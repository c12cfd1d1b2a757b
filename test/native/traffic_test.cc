// The simulated application and its peer.
#include <chrono>
#include <cstring>
#include <stdexcept>
#include <thread>

#include "check.h"
#include "fixture.h"
#include "sim/traffic.h"

using namespace fixture;
using nmcap::sim::LoadDirections;
using nmcap::sim::Traffic;
using nmcap::sim::TrafficOptions;

namespace {

void pack(std::vector<std::uint8_t>& list, const std::string& frame, std::uint16_t ring,
          std::uint8_t direction) {
  const auto length = static_cast<std::uint32_t>(frame.size());
  std::uint8_t header[8] = {};
  std::memcpy(header, &length, 4);
  std::memcpy(header + 4, &ring, 2);
  header[6] = direction;
  list.insert(list.end(), header, header + 8);
  list.insert(list.end(), frame.begin(), frame.end());
  while (list.size() % 4 != 0) list.push_back(0);
}

void waitUntilFinished(const Traffic& traffic) {
  while (!traffic.finished()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

std::uint64_t sequenceOf(const Seen& slot) {
  std::uint64_t value = 0;
  for (std::size_t i = 42; i < 50; i++) {
    value = value << 8 | static_cast<std::uint8_t>(slot.bytes[i]);
  }
  return value;
}

std::uint32_t portOf(const Seen& slot) {
  return static_cast<std::uint8_t>(slot.bytes[36]) << 8 | static_cast<std::uint8_t>(slot.bytes[37]);
}

TrafficOptions load(std::uint32_t length, std::uint64_t count) {
  TrafficOptions options;
  options.port.name = "em0";
  options.loadLength = length;
  options.count = count;
  return options;
}

bool refused(nmcap::sim::Device& device, const TrafficOptions& options,
             const std::vector<std::uint8_t>& list) {
  try {
    const Traffic traffic(device, options, list);
    return false;
  } catch (const std::invalid_argument&) {
    return true;
  }
}

}  // namespace

TEST("traffic: a list is played once, in order, and then the application leaves") {
  const auto device = deviceWith({"", 2, 1, 64, 2048});
  std::vector<std::uint8_t> list;
  pack(list, "a request of odd length", 0, 2);
  pack(list, "its answer", 0, 1);
  pack(list, std::string(5000, 'j'), 1, 1);
  TrafficOptions options;
  options.port.name = "em0";
  options.repeat = false;
  Traffic traffic(*device, options, list);
  const auto monitor = copyMonitor(*device, "em0");
  traffic.start();
  waitUntilFinished(traffic);
  monitor->rxRings();
  EQUAL(pollOnce(*monitor, POLLIN), POLLERR);
  const auto counts = traffic.counts();
  EQUAL(counts[0].tx, 1u);
  EQUAL(counts[0].rx, 1u);
  EQUAL(counts[1].rx, 1u);
  EQUAL(counts[1].tx, 0u);
}

TEST("traffic: a monitor sees the frames of a list with their directions and rings") {
  const auto device = deviceWith({"", 2, 1, 64, 2048});
  std::vector<std::uint8_t> list;
  pack(list, "a request", 0, 2);
  pack(list, "its answer", 0, 1);
  pack(list, "another", 1, 1);
  TrafficOptions options;
  options.port.name = "em0";
  options.framesPerSecond = 1000;
  Traffic traffic(*device, options, list);
  const auto monitor = copyMonitor(*device, "em0");
  traffic.start();
  std::vector<Seen> seen;
  while (seen.size() < 6) {
    pollOnce(*monitor, POLLIN, 1000);
    for (Seen& slot : take(*monitor)) seen.push_back(std::move(slot));
  }
  traffic.stop();
  for (const Seen& slot : seen) {
    EQUAL(slot.tx(), slot.bytes == "a request");
    EQUAL(slot.ring, slot.bytes == "another" ? 1 : 0);
  }
}

TEST("traffic: load has sequence numbers by ring and direction, and port 53 every 100th time") {
  const auto device = deviceWith({"", 2, 1, 1024, 2048});
  Traffic traffic(*device, load(60, 2000), {});
  auto wide = request("em0", kCopyMonitor);
  wide.rxSlots = 4096;
  const auto monitor = open(*device, wide);
  // Held open, so that the monitor can still be read once the traffic's application has left.
  const auto keeper = open(*device, "em0");
  traffic.start();
  waitUntilFinished(traffic);
  std::uint64_t next[2][2] = {};
  std::uint64_t dns = 0;
  for (const Seen& slot : take(*monitor)) {
    EQUAL(slot.bytes.size(), 60u);
    const std::uint64_t sequence = next[slot.ring][slot.tx()]++;
    EQUAL(sequenceOf(slot), sequence);
    EQUAL(portOf(slot), sequence % 100 == 99 ? 53u : 9u);
    if (portOf(slot) == 53) dns++;
  }
  const auto counts = traffic.counts();
  for (const std::size_t ring : {0, 1}) {
    EQUAL(next[ring][0], counts[ring].rx);
    EQUAL(next[ring][1], counts[ring].tx);
  }
  EQUAL(counts[0].rx + counts[0].tx + counts[1].rx + counts[1].tx, 2000u);
  HOLDS(dns >= 16);
}

TEST("traffic: long load frames take several slots") {
  const auto device = deviceWithNic();
  Traffic traffic(*device, load(9000, 20), {});
  const auto monitor = copyMonitor(*device, "em0");
  const auto keeper = open(*device, "em0");
  traffic.start();
  waitUntilFinished(traffic);
  std::size_t bytes = 0;
  std::size_t frames = 0;
  for (const Seen& slot : take(*monitor)) {
    bytes += slot.bytes.size();
    if (!slot.moreFragments()) frames++;
  }
  EQUAL(frames, 20u);
  EQUAL(bytes, 20u * 9000);
}

TEST("traffic: load in one direction only") {
  for (const LoadDirections directions : {LoadDirections::kRx, LoadDirections::kTx}) {
    const auto device = deviceWithNic();
    TrafficOptions options = load(60, 1000);
    options.loadDirections = directions;
    Traffic traffic(*device, options, {});
    traffic.start();
    waitUntilFinished(traffic);
    EQUAL(traffic.counts()[0].rx, directions == LoadDirections::kRx ? 1000u : 0u);
    EQUAL(traffic.counts()[0].tx, directions == LoadDirections::kTx ? 1000u : 0u);
  }
}

TEST("traffic: sent is what a monitor got and what its ring had no room for") {
  const auto device = deviceWith({"", 2, 1, 256, 2048});
  Traffic traffic(*device, load(60, 100000), {});
  auto small = request("em0", kCopyMonitor);
  small.rxSlots = 300;
  const auto monitor = open(*device, small);
  const auto keeper = open(*device, "em0");
  traffic.start();
  std::uint64_t got[2][2] = {};
  bool finished = false;
  for (bool more = true; more;) {
    more = !finished;
    finished = traffic.finished();
    for (const Seen& slot : consume(*monitor)) got[slot.ring][slot.tx()]++;
  }
  const auto losses = device->losses(monitor->descriptor());
  const auto counts = traffic.counts();
  for (const std::size_t ring : {0, 1}) {
    EQUAL(got[ring][0] + losses[ring].rx, counts[ring].rx);
    EQUAL(got[ring][1] + losses[ring].tx, counts[ring].tx);
  }
}

TEST("traffic: the rate is kept") {
  const auto device = deviceWithNic();
  TrafficOptions options = load(60, 2000);
  options.framesPerSecond = 10000;
  Traffic traffic(*device, options, {});
  const auto start = std::chrono::steady_clock::now();
  traffic.start();
  waitUntilFinished(traffic);
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
  HOLDS(passed.count() > 0.19);
}

TEST("traffic: stop ends it, also while it waits, and also twice") {
  const auto device = deviceWithNic();
  TrafficOptions options = load(60, 0);
  options.framesPerSecond = 0.01;
  Traffic traffic(*device, options, {});
  traffic.start();
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  traffic.stop();
  traffic.stop();
  EQUAL(openError(*device, request("em0", kCopyMonitor)), EINVAL);
}

TEST("traffic: what cannot be sent is refused at once") {
  const auto device = deviceWith({"", 1, 1, 4, 2048});
  TrafficOptions options;
  options.port.name = "em0";
  HOLDS(refused(*device, options, {}));
  HOLDS(refused(*device, options, {1, 2, 3}));
  std::vector<std::uint8_t> list;
  pack(list, "no direction", 0, 3);
  HOLDS(refused(*device, options, list));
  list.clear();
  pack(list, std::string(3 * 2048 + 1, 'x'), 0, 1);
  HOLDS(refused(*device, options, list));
  list.clear();
  pack(list, "cut", 0, 1);
  list.pop_back();
  HOLDS(refused(*device, options, list));
  HOLDS(refused(*device, load(59, 0), {}));
  HOLDS(refused(*device, load(65536, 0), {}));
}
