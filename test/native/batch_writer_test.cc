// The writer thread and whoever gives it one file after the other.
#include "capture/batch_writer.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <thread>

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
  Drain drain({monitor.get()}, {}, nullptr, [] {});
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

TEST("batch writer: one that waits for a file can be closed") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  Drain drain({monitor.get()}, {}, nullptr, [] {});
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
