// The writer thread and whoever gives it one file after the other.
#include "capture/batch_writer.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "capture/epb.h"
#include "check.h"
#include "compress/compressor.h"
#include "fixture.h"

using namespace fixture;
using nmcap::BatchWriter;
using nmcap::Drain;
using nmcap::Segment;
using nmcap::SegmentEnd;
using nmcap::SegmentFigures;

namespace {

// A file without a name.
class File {
 public:
  File() : file_(std::tmpfile()) { HOLDS(file_ != nullptr); }
  ~File() { std::fclose(file_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor() const { return ::fileno(file_); }
  std::uint64_t size() const {
    return static_cast<std::uint64_t>(::lseek(descriptor(), 0, SEEK_END));
  }

 private:
  std::FILE* file_;
};

struct Result {
  int segments = 0;
  std::uint64_t packets = 0;
  std::uint64_t largest = 0;
  nmcap::InterfaceCounts counts;
};

// Writes what an application sends, `rounds` times eight frames, to segments that `next` makes of
// their files until the drain ends.
Result write(int rounds, const std::function<Segment(const File&)>& next) {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  Drain drain({}, nullptr, [] {});
  drain.setPorts({monitor.get()});
  auto file = std::make_unique<File>();
  BatchWriter writer(drain, [] {});
  HOLDS(writer.start(next(*file)));
  drain.start();
  Thread sender([&] {
    for (int i = 0; i < rounds; i++) {
      transmit(*app, numbered("out", 8, 8 * i));
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
    drain.requestStop();
  });

  Result result;
  const auto finish = [&] {
    const SegmentFigures& figures = writer.figures();
    EQUAL(figures.bytes, file->size());
    result.segments++;
    result.packets += figures.packets;
    result.largest = std::max(result.largest, figures.bytes);
    result.counts = figures.counts.front();
    // What the files have is what the counts say at each of their ends.
    EQUAL(result.packets, result.counts.passed - result.counts.discarded);
  };
  while (writer.writing()) {
    if (writer.ended()) {
      finish();
      file = std::make_unique<File>();
      writer.next(next(*file));
    } else {
      writer.requestEnd();
      std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
  }
  sender.join();
  drain.close();
  writer.finish();
  finish();
  EQUAL(drain.counters().front().ways[nmcap::kOutbound].passed, result.packets);
  return result;
}

}  // namespace

TEST("batch writer: segments by size and on request have every packet once") {
  const Result result = write(300, [](const File& file) {
    Segment segment;
    segment.descriptor = file.descriptor();
    segment.bytesLeft = 1000;
    return segment;
  });
  EQUAL(result.packets, 2400u);
  HOLDS(result.segments > 200);
  HOLDS(result.largest <= 1000);
}

TEST("batch writer: segments by time end without packets too") {
  const Result result = write(100, [](const File& file) {
    Segment segment;
    segment.descriptor = file.descriptor();
    segment.endsAt = std::chrono::duration_cast<std::chrono::microseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count() +
                     5000;
    return segment;
  });
  EQUAL(result.packets, 800u);
  HOLDS(result.segments > 3);
}

TEST("batch writer: compressed segments are no larger than they may be") {
  for (const auto compression : {nmcap::Compression::kGzip, nmcap::Compression::kZstd}) {
    const Result result = write(300, [&](const File& file) {
      Segment segment;
      segment.descriptor = file.descriptor();
      segment.bytesLeft = 700;
      segment.compressor = nmcap::makeCompressor(compression);
      return segment;
    });
    EQUAL(result.packets, 2400u);
    HOLDS(result.largest <= 700);
  }
}

TEST("batch writer: an interface is described before its packets, in every file") {
  constexpr std::uint32_t kPorts = 40;
  constexpr std::uint32_t kDescription = 0x0a0a0a0a;
  constexpr std::uint32_t kReserve = 100;
  constexpr std::uint64_t kMost = 4000;
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  std::vector<std::unique_ptr<nmcap::Port>> monitors;
  monitors.push_back(copyMonitor(*device, "em0"));
  Drain drain({}, nullptr, [] {});
  drain.setPorts({monitors.front().get()});
  auto file = std::make_unique<File>();
  std::size_t described = 1;
  const auto segment = [&] {
    Segment next;
    next.descriptor = file->descriptor();
    next.bytesLeft = kMost;
    next.interfaces = described = monitors.size();
    return next;
  };
  BatchWriter writer(drain, [] {});
  HOLDS(writer.start(segment()));
  drain.start();

  std::vector<std::uint64_t> packets(kPorts);
  const auto finish = [&] {
    std::vector<std::uint8_t> bytes(file->size());
    EQUAL(::pread(file->descriptor(), bytes.data(), bytes.size(), 0),
          static_cast<ssize_t>(bytes.size()));
    for (std::size_t at = 0; at < bytes.size(); at += nmcap::epbLength(&bytes[at])) {
      std::uint32_t type = 0;
      std::memcpy(&type, &bytes[at], sizeof type);
      const std::uint32_t interfaceId = nmcap::epbInterface(&bytes[at]);
      if (type == kDescription) {
        EQUAL(interfaceId, described++);
      } else {
        HOLDS(interfaceId < described);
        packets[interfaceId]++;
      }
    }
    EQUAL(writer.figures().interfaces, described);
    HOLDS(bytes.size() <= kMost);
  };
  const auto switchFiles = [&] {
    while (writer.ended()) {
      finish();
      file = std::make_unique<File>();
      writer.next(segment());
    }
  };
  std::vector<std::uint64_t> expected(kPorts);
  for (std::uint32_t id = 1; id < kPorts; id++) {
    monitors.push_back(copyMonitor(*device, "em0"));
    const std::uint32_t block[] = {kDescription, 16, id, 16};
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(block);
    writer.describe({id, {bytes, bytes + sizeof block}, kReserve});
    drain.attach(id, monitors.back().get());
    if (id % 3 == 0) writer.requestEnd();
    while (drain.statuses().size() <= id) {
      switchFiles();
      std::this_thread::yield();
    }
    transmit(*app, numbered("out", 2));
    for (std::uint32_t each = 0; each <= id; each++) expected[each] += 2;
    switchFiles();
  }
  drain.requestStop();
  while (writer.writing()) {
    switchFiles();
    std::this_thread::yield();
  }
  drain.close();
  writer.finish();
  finish();
  for (std::uint32_t id = 0; id < kPorts; id++) EQUAL(packets[id], expected[id]);
  EQUAL(writer.figures().counts.size(), kPorts);
}

TEST("batch writer: one whose drain was never started can be finished") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  Drain drain({}, nullptr, [] {});
  drain.setPorts({monitor.get()});
  const File file;
  Segment segment;
  segment.descriptor = file.descriptor();
  BatchWriter writer(drain, [] {});
  HOLDS(writer.start(segment));
  drain.close();
  writer.finish();
  EQUAL(writer.figures().packets, 0u);
  HOLDS(!writer.writing());
}

TEST("batch writer: one that waits for a file can be closed") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  Drain drain({}, nullptr, [] {});
  drain.setPorts({monitor.get()});
  const File file;
  Segment segment;
  segment.descriptor = file.descriptor();
  segment.bytesLeft = 1;
  BatchWriter writer(drain, [] {});
  HOLDS(writer.start(segment));
  drain.start();
  transmit(*app, numbered("out", 3));
  while (!writer.ended()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  HOLDS(*writer.ended() == SegmentEnd::kFull);
  // A first packet goes into a file whatever its size, and the others are still there.
  EQUAL(writer.figures().packets, 1u);
  writer.leave();
  HOLDS(!writer.writing());
  const auto rest = drain.take();
  HOLDS(rest.has_value());
  HOLDS(rest->start > 0);
  drain.close();
}
