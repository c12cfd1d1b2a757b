// Who writes, and who drains the rings while that takes long.
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <thread>
#include <vector>

#include "capture/batch_writer.h"
#include "capture/epb.h"
#include "check.h"
#include "fixture.h"
#include "stalling_file.h"

using namespace fixture;
using nmcap::BatchWriter;
using nmcap::Drain;
using nmcap::Segment;
using std::chrono::milliseconds;

namespace {

struct Result {
  std::vector<int> numbers;  // of the frames in the file
  std::uint64_t inPlace = 0;
  std::uint64_t standIns = 0;
  nmcap::WayCounters counted;
};

int numberOf(const std::uint8_t* block) {
  return std::atoi(reinterpret_cast<const char*>(block) + nmcap::kEpbHeaderSize +
                   std::strlen("out "));
}

// An application sends `rounds` times eight numbered frames, a fifth of a millisecond or more
// apart. The ring lasts for a tenth of a second, the batches for much longer.
Result capture(StallingFile& file, int rounds) {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  nmcap::PortRequest monitor = request("em0", kCopyMonitor);
  monitor.rxSlots = 4096;
  nmcap::Port port(*device, monitor);
  Drain drain({}, nullptr, [] {});
  drain.setPorts({&port});
  BatchWriter writer(drain, [] {});
  Segment segment;
  segment.descriptor = file.descriptor();
  HOLDS(writer.start(segment));
  drain.start();
  for (int i = 0; i < rounds; i++) {
    transmit(*app, numbered("out", 8, 8 * i));
    std::this_thread::sleep_for(std::chrono::microseconds(200));
  }
  drain.requestStop();
  drain.close();
  writer.finish();

  Result result;
  const std::vector<std::uint8_t> bytes = file.bytes();
  for (std::size_t at = 0; at < bytes.size(); at += nmcap::epbLength(&bytes[at])) {
    result.numbers.push_back(numberOf(&bytes[at]));
  }
  EQUAL(writer.figures().packets, result.numbers.size());
  result.inPlace = writer.writtenInPlace();
  result.standIns = drain.standIns();
  result.counted = drain.counters().front().ways[nmcap::kOutbound];
  return result;
}

// Each frame once, in order.
void hasAll(const Result& result, int rounds) {
  EQUAL(result.numbers.size(), static_cast<std::size_t>(8 * rounds));
  for (std::size_t i = 0; i < result.numbers.size(); i++) {
    EQUAL(result.numbers[i], static_cast<int>(i));
  }
  EQUAL(result.counted.passed, result.numbers.size());
  EQUAL(result.counted.discarded, 0u);
  EQUAL(result.counted.ringFull, 0u);
}

}  // namespace

TEST("in place: the drain thread writes while that is quick") {
  constexpr int kRounds = 1500;
  StallingFile file(1000, milliseconds(0));
  const Result result = capture(file, kRounds);
  hasAll(result, kRounds);
  // What came last is written by whoever comes first.
  HOLDS(result.inPlace >= result.numbers.size() / 2);
}

TEST("in place: while a write stalls, the writer drains the rings, and writes afterwards") {
  constexpr int kRounds = 5000;
  StallingFile file(1, milliseconds(400));
  const Result result = capture(file, kRounds);
  hasAll(result, kRounds);
  EQUAL(result.standIns, 1u);
  HOLDS(result.inPlace > 0);
  // For eight seconds, which is longer than the test.
  HOLDS(result.inPlace < result.numbers.size() / 2);
}

TEST("in place: after a short stall the drain thread soon writes again") {
  constexpr int kRounds = 5000;
  // Longer than four times what a write takes that waits for a processor.
  StallingFile file(1, milliseconds(20));
  const Result result = capture(file, kRounds);
  hasAll(result, kRounds);
  HOLDS(result.standIns >= 1);
  HOLDS(result.inPlace > result.numbers.size() / 2);
}
