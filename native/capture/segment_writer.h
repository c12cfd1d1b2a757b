// Writes batches into one segment after the other, packet by packet as far as they belong to it,
// and counts what went into each.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

#include "capture/batch_pool.h"
#include "capture/drain.h"
#include "capture/segment.h"
#include "capture/segment_file.h"

namespace nmcap {

// For one thread at a time, but for what says otherwise.
class SegmentWriter {
 public:
  // kFull, kTime: what is left, if anything, belongs to the next segment. kFailed: the file ends
  // before what was to be written.
  enum class Taken : std::uint8_t { kWhole, kFull, kTime, kFailed };

  // The drain outlives the SegmentWriter.
  explicit SegmentWriter(Drain& drain);

  void begin(const Segment& segment);
  // Writes a batch that was taken and releases it. What does not go into the segment is the pool's
  // oldest again.
  Taken write(BatchPool::Batch batch);
  // Writes what waits for packets to come, so that they compress better.
  bool flush();
  // Writes the descriptions that have come.
  Taken writeDescriptions();
  // From any thread: before packets of a new interface can be taken. It goes into the file that is
  // being written, unless the next one has it already.
  void describe(InterfaceDescription description);

  const Segment& segment() const { return segment_; }
  // Whether it is a file or a device that nobody reads as it is written.
  bool isFile() const { return isFile_; }
  bool waiting() const { return file_.waiting(); }
  SegmentFile::Clock::time_point flushAt() const { return file_.flushAt(); }

  // From any thread: packets written since the last call.
  std::uint64_t takeWritten() { return written_.exchange(0, std::memory_order_relaxed); }
  // Complete after end().
  const SegmentFigures& figures() const { return figures_; }
  // Counts up to a time by which the segment has all that belongs to it.
  void reach(std::vector<InterfaceCounts> counts) { figures_.counts = std::move(counts); }
  void end();

 private:
  Taken writePackets(BatchPool::Batch batch);
  void publish();

  Drain& drain_;
  Segment segment_;
  SegmentFile file_{Segment{}};
  bool isFile_ = false;
  SegmentFigures figures_;
  std::uint64_t published_ = 0;  // packets of the segment that are in written_
  std::atomic<std::uint64_t> written_{0};

  std::mutex descriptionsMutex_;
  std::vector<InterfaceDescription> descriptions_;  // that may not be in the file yet
};

}  // namespace nmcap
