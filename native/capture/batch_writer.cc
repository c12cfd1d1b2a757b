#include "capture/batch_writer.h"

#include <poll.h>

#include <algorithm>
#include <utility>

#include "capture/host_time.h"
#include "system/thread.h"

namespace nmcap {
namespace {

using std::chrono::microseconds;
using Taken = SegmentWriter::Taken;

// Nothing is waited for that long without being woken.
constexpr microseconds kForever = std::chrono::hours(24);
// How often it is looked whether the packets of a period that is over have all been handed over.
constexpr microseconds kPeriodCheck = std::chrono::milliseconds(20);

// The drain thread leaves what has piled up to the other one.
constexpr std::uint32_t kMostInPlace = 8;  // batches
// After a write that has been kept waiting for too long, the drain thread writes no more for so
// many times that time: a disk that has stalled for half a second is left alone for ten.
constexpr int kSlowFactor = 20;
constexpr std::chrono::seconds kMostSlow(60);
// Where writes are slow, it is one that takes so many times as long as they do that stalls.
constexpr int kUnusual = 4;
// What is measured and limited is the time for so many bytes.
constexpr std::size_t kUsualWrite = 256 << 10;

}  // namespace

BatchWriter::BatchWriter(Drain& drain, std::function<void()> onNews)
    : drain_(drain), onNews_(std::move(onNews)), segment_(drain) {
  drain.setConsumer(this);
}

BatchWriter::~BatchWriter() {
  drain_.close();
  finish();
}

bool BatchWriter::start(const Segment& first) {
  const std::lock_guard lock(mutex_);
  if (started_ || finishing_) return false;
  started_ = true;
  segment_.begin(first);
  patient_.store(segment_.isFile(), std::memory_order_relaxed);
  state_ = State::kWriting;
  return thread_.start();
}

void BatchWriter::finish() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
  }
  change_.notify_one();
  // Where the drain was never started, nobody else has done so.
  wake_.wake();
  thread_.join();
}

bool BatchWriter::writing() const {
  const std::lock_guard lock(mutex_);
  return state_ != State::kIdle;
}

std::optional<SegmentEnd> BatchWriter::ended() const {
  const std::lock_guard lock(mutex_);
  return state_ == State::kWaiting ? std::optional(end_) : std::nullopt;
}

void BatchWriter::next(const Segment& segment) {
  {
    const std::lock_guard lock(mutex_);
    if (state_ != State::kWaiting) return;
    segment_.begin(segment);
    state_ = State::kWriting;
  }
  change_.notify_one();
}

void BatchWriter::leave() {
  {
    const std::lock_guard lock(mutex_);
    if (state_ == State::kWaiting) state_ = State::kIdle;
  }
  change_.notify_one();
}

void BatchWriter::describe(InterfaceDescription description) {
  segment_.describe(std::move(description));
  wake_.wake();
}

void BatchWriter::requestEnd() {
  // One that has ended already is not ended again.
  if (!ended()) endRequested_.store(true, std::memory_order_release);
  wake_.wake();
}

bool BatchWriter::empty(std::chrono::nanoseconds limit) {
  std::unique_lock turn(turn_, std::try_to_lock);
  if (!turn || !mayWriteInPlace()) return false;
  bool quick = true;
  while (taken_ == Taken::kWhole && quick) {
    const auto batch = drain_.pool()->take();
    if (!batch) break;
    taken_ = writeWatched(*batch, limit);
    quick = slowUntil_ <= Clock::now();
    if (taken_ == Taken::kWhole) inPlace_.fetch_add(batch->packets, std::memory_order_relaxed);
  }
  const bool isOver = taken_ != Taken::kWhole;
  turn.unlock();
  if (isOver || missed_.exchange(false, std::memory_order_seq_cst)) wake_.wake();
  return quick;
}

bool BatchWriter::mayWriteInPlace() const {
  // Compressing takes longer than a ring lasts.
  if (!segment_.isFile() || segment_.segment().compressor || taken_ != Taken::kWhole) return false;
  if (drain_.pool()->outstanding() > kMostInPlace || Clock::now() < slowUntil_) return false;
  const std::lock_guard lock(mutex_);
  return state_ == State::kWriting;
}

// In the drain thread.
Taken BatchWriter::writeWatched(const BatchPool::Batch& batch, Clock::duration limit) {
  const auto start = Clock::now();
  limit_ = std::max<Clock::duration>(limit, kUnusual * usual_);
  watch_.begin(start, limit_);
  const Taken taken = segment_.write(batch);
  const auto end = Clock::now();
  const auto took = end - start;
  if (watch_.end(end)) {
    noteSlow(took, end);
  } else if (took <= limit) {
    usual_ += (took - usual_) / 8;
  } else if (took > limit_) {
    // It has waited for a processor: another thread would only make that worse.
    usual_ = took;
  }
  return taken;
}

// In the writer's own thread, while writes are slow.
Taken BatchWriter::writeTimed(const BatchPool::Batch& batch) {
  const auto start = Clock::now();
  const long blockedBefore = timesBlocked();
  const Taken taken = segment_.write(batch);
  const auto end = Clock::now();
  const std::size_t units = 1 + (batch.length - batch.start) / kUsualWrite;
  if (timesBlocked() != blockedBefore) noteSlow((end - start) / units, end);
  return taken;
}

void BatchWriter::noteSlow(Clock::duration took, Clock::time_point now) {
  if (took <= limit_) return;
  slowUntil_ = now + std::min<Clock::duration>(kSlowFactor * took, kMostSlow);
}

void BatchWriter::run() {
  nameThread("nmcap-write");
  for (;;) {
    std::unique_lock turn(turn_, std::defer_lock);
    if (!takeTurn(turn)) {
      wait(kForever);
      continue;
    }
    const Next next = advance();
    switch (next.kind) {
      case Next::Kind::kGoOn:
        break;
      case Next::Kind::kWait:
        turn.unlock();
        wait(next.patience);
        break;
      case Next::Kind::kEnd:
      case Next::Kind::kOver:
        if (!finishSegment(next)) return;
        break;
    }
  }
}

// False where the drain thread has it, which will wake this one.
bool BatchWriter::takeTurn(std::unique_lock<std::mutex>& turn) {
  if (turn.try_lock()) return true;
  missed_.store(true, std::memory_order_seq_cst);
  return turn.try_lock();
}

// One look at what there is to write.
BatchWriter::Next BatchWriter::advance() {
  if (endRequested_.exchange(false, std::memory_order_acquire)) {
    return {Next::Kind::kEnd, {}, SegmentEnd::kAsked};
  }
  // A batch that the drain thread has written a part of.
  if (taken_ != Taken::kWhole) return afterTaken(std::exchange(taken_, Taken::kWhole));
  BatchPool& pool = *drain_.pool();
  microseconds patience = kForever;
  // Read before the pool is looked at, where all that it counts is by then.
  std::optional<Drain::HandedOver> handedOver;
  const std::int64_t endsAt = segment_.segment().endsAt;
  if (endsAt != 0) {
    const std::int64_t left = endsAt - hostTime();
    patience = left > 0 ? std::min(kForever, microseconds(left)) : kPeriodCheck;
    if (left <= 0) handedOver = drain_.handedOver();
  }
  // Read before the pool is looked at, too.
  const bool isDone = pool.isDone();
  if (const auto batch = pool.take()) return afterTaken(writeTimed(*batch));
  const Taken described = segment_.writeDescriptions();
  if (described != Taken::kWhole) return afterTaken(described);
  if (handedOver && handedOver->until >= endsAt) {
    segment_.reach(std::move(handedOver->counts));
    return {Next::Kind::kEnd, {}, SegmentEnd::kTime};
  }
  if (isDone) return {Next::Kind::kOver};
  if (segment_.waiting()) {
    const auto left =
        std::chrono::ceil<microseconds>(segment_.flushAt() - SegmentFile::Clock::now());
    if (left.count() <= 0) return {segment_.flush() ? Next::Kind::kGoOn : Next::Kind::kOver};
    patience = std::min(patience, left);
  }
  return {Next::Kind::kWait, patience};
}

BatchWriter::Next BatchWriter::afterTaken(Taken taken) {
  switch (taken) {
    case Taken::kWhole:
      return {Next::Kind::kGoOn};
    case Taken::kFull:
      return {Next::Kind::kEnd, {}, SegmentEnd::kFull};
    case Taken::kTime:
      return {Next::Kind::kEnd, {}, SegmentEnd::kTime};
    case Taken::kFailed:
      break;
  }
  return {Next::Kind::kOver};
}

// False after the last one: after the last batch, or where a write has failed.
bool BatchWriter::finishSegment(const Next& next) {
  const bool isLast = !segment_.flush() || next.kind == Next::Kind::kOver;
  segment_.end();
  std::unique_lock lock(mutex_);
  end_ = next.end;
  state_ = isLast ? State::kIdle : State::kWaiting;
  if (isLast) patient_.store(false, std::memory_order_relaxed);
  lock.unlock();
  onNews_();
  if (isLast) return false;
  lock.lock();
  change_.wait(lock, [this] { return state_ != State::kWaiting || finishing_; });
  if (state_ == State::kWaiting) state_ = State::kIdle;
  if (state_ == State::kWriting) return true;
  patient_.store(false, std::memory_order_relaxed);
  return false;
}

// Until it is woken, the time is up, or the drain thread needs somebody at the rings.
void BatchWriter::wait(microseconds most) {
  pollfd fds[] = {{wake_.readEnd(), POLLIN, 0}, {watch_.descriptor(), POLLIN, 0}};
  const auto timeout = std::chrono::ceil<std::chrono::milliseconds>(most).count();
  ::poll(fds, 2, static_cast<int>(timeout));
  if (fds[0].revents != 0) wake_.clear();
  if (fds[1].revents != 0 && watch_.isStuck()) drain_.standIn();
}

}  // namespace nmcap
