// Writes a drain's batches to files in a thread of its own, so that nothing between the rings and
// the file waits for JavaScript. It decides, packet by packet and in their order, where one file
// ends; which file follows, JavaScript decides meanwhile, and the drain goes on. Batches that
// cannot be written are left to JavaScript.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "capture/drain.h"
#include "capture/segment.h"
#include "capture/segment_file.h"
#include "system/parked_thread.h"

namespace nmcap {

class BatchWriter {
 public:
  // The drain outlives the BatchWriter. `onNews` is called in the thread: when a segment has ended,
  // after the drain's last batch, and at the first write that fails. Throws SysError
  // ("pthread_create").
  BatchWriter(Drain& drain, std::function<void()> onNews);
  ~BatchWriter() { finish(); }
  BatchWriter(const BatchWriter&) = delete;
  BatchWriter& operator=(const BatchWriter&) = delete;

  // Begins with the first segment, whose file or device outlives the BatchWriter. Once: false, and
  // nothing happens, after the first call and after finish().
  bool start(const Segment& first);
  // Once the drain has ended: waits until what it handed over is written, unless a segment has
  // ended and no other one has followed.
  void finish();

  // While true, only the writer may take batches. After a failed write, the batch concerned is the
  // pool's oldest again, and the file ends where it begins.
  bool writing() const;
  // Packets written since the last call.
  std::uint64_t takeWritten() { return written_.exchange(0, std::memory_order_relaxed); }

  // Why the segment has ended, once it has: the writer waits for next() or leave().
  std::optional<SegmentEnd> ended() const;
  // Of the segment that has ended or, once writing() is false, of the last one.
  const SegmentFigures& figures() const { return figures_; }
  void next(const Segment& segment);
  // No segment follows: the batches that are left are not the writer's any more.
  void leave();
  // Before packets of a new interface can be taken. It goes into the file that is being written,
  // unless the next one has it already.
  void describe(InterfaceDescription description);
  // Ends the segment with what is written by now.
  void requestEnd();

 private:
  // kIdle: before the first segment and after the last one.
  enum class State : std::uint8_t { kIdle, kWriting, kWaiting };
  enum class Taken : std::uint8_t { kWhole, kFull, kTime, kFailed };

  void run();
  std::optional<SegmentEnd> writeSegment();
  Taken write(BatchPool::Batch batch);
  Taken writeDescriptions();
  void publish();
  void report();
  bool awaitNext(SegmentEnd end);

  Drain& drain_;
  const std::function<void()> onNews_;

  // The thread's own while it is writing, otherwise the caller's.
  Segment segment_;
  SegmentFile file_{Segment{}};
  SegmentFigures figures_;

  std::uint64_t published_ = 0;  // packets of the segment that are in written_
  std::atomic<std::uint64_t> written_{0};
  std::atomic<bool> endRequested_{false};
  mutable std::mutex mutex_;
  std::vector<InterfaceDescription> descriptions_;  // that may not be in the file yet
  std::condition_variable change_;
  State state_ = State::kIdle;
  SegmentEnd end_ = SegmentEnd::kFull;
  bool started_ = false;
  bool finishing_ = false;
  ParkedThread thread_{[this] { run(); }};  // last: it uses all of the above
};

}  // namespace nmcap
