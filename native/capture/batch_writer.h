// Writes a drain's batches to files, so that nothing between the rings and the file waits for
// JavaScript. The drain thread does it itself while that is quick: it lacks no processor then, and
// the packets are still in its cache. Where a write takes too long, the writer's own thread stands
// in for it at the rings, and from then on writes in its place until writes have been quick for
// some time. Packet by packet and in their order it is decided where one file ends; which file
// follows, JavaScript decides meanwhile, and the drain goes on. Batches that cannot be written are
// left to JavaScript.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "capture/batch_consumer.h"
#include "capture/drain.h"
#include "capture/segment.h"
#include "capture/segment_writer.h"
#include "capture/write_watch.h"
#include "system/parked_thread.h"
#include "system/wake_pipe.h"

namespace nmcap {

class BatchWriter : public BatchConsumer {
 public:
  // The drain outlives the BatchWriter, and the BatchWriter the drain's thread. `onNews` is called
  // in its own thread: when a segment has ended, after the drain's last batch, and at the first
  // write that fails. Throws SysError ("pthread_create", "pipe", "timerfd_create").
  BatchWriter(Drain& drain, std::function<void()> onNews);
  ~BatchWriter() override;
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
  std::uint64_t takeWritten() { return segment_.takeWritten(); }
  // Of all packets written, those that the drain thread has written itself.
  std::uint64_t writtenInPlace() const { return inPlace_.load(std::memory_order_relaxed); }

  // Why the segment has ended, once it has: the writer waits for next() or leave().
  std::optional<SegmentEnd> ended() const;
  // Of the segment that has ended or, once writing() is false, of the last one.
  const SegmentFigures& figures() const { return segment_.figures(); }
  void next(const Segment& segment);
  // No segment follows: the batches that are left are not the writer's any more.
  void leave();
  // Before packets of a new interface can be taken. It goes into the file that is being written,
  // unless the next one has it already.
  void describe(InterfaceDescription description);
  // Ends the segment with what is written by now.
  void requestEnd();

  // BatchConsumer: called in the drain thread.
  bool consumes() const override { return writing(); }
  bool isPatient() const override { return patient_.load(std::memory_order_relaxed); }
  void notify() override { wake_.wake(); }
  bool empty(std::chrono::nanoseconds limit) override;

 private:
  using Clock = std::chrono::steady_clock;
  // kIdle: before the first segment and after the last one.
  enum class State : std::uint8_t { kIdle, kWriting, kWaiting };

  // What there is to do after a look at the batches.
  struct Next {
    enum class Kind : std::uint8_t { kGoOn, kWait, kEnd, kOver } kind;
    std::chrono::microseconds patience{};  // kWait
    SegmentEnd end{};                      // kEnd
  };

  void run();
  bool takeTurn(std::unique_lock<std::mutex>& turn);
  Next advance();
  static Next afterTaken(SegmentWriter::Taken taken);
  bool finishSegment(const Next& next);
  void wait(std::chrono::microseconds most);
  bool mayWriteInPlace() const;
  SegmentWriter::Taken writeWatched(const BatchPool::Batch& batch, Clock::duration limit);
  SegmentWriter::Taken writeTimed(const BatchPool::Batch& batch);
  void noteSlow(Clock::duration took, Clock::time_point now);

  Drain& drain_;
  const std::function<void()> onNews_;

  // Whoever writes has this and all that follows up to the next mutex.
  std::mutex turn_;
  SegmentWriter segment_;
  // What has become of the last batch that the drain thread wrote, where this thread has to see to
  // it.
  SegmentWriter::Taken taken_ = SegmentWriter::Taken::kWhole;
  std::chrono::nanoseconds limit_{};  // for a write in place, as of the last one
  Clock::duration usual_{};           // what a write takes that is not blocked
  Clock::time_point slowUntil_;       // writes may take longer until then

  std::atomic<bool> missed_{false};  // this thread wanted the turn while the drain thread had it
  std::atomic<bool> endRequested_{false};
  std::atomic<bool> patient_{false};
  std::atomic<std::uint64_t> inPlace_{0};
  WakePipe wake_;
  WriteWatch watch_;  // over what the drain thread writes

  mutable std::mutex mutex_;
  std::condition_variable change_;
  State state_ = State::kIdle;
  SegmentEnd end_ = SegmentEnd::kFull;
  bool started_ = false;
  bool finishing_ = false;
  ParkedThread thread_{[this] { run(); }};  // last: it uses all of the above
};

}  // namespace nmcap
