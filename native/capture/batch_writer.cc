#include "capture/batch_writer.h"

#include <sys/time.h>

#include <algorithm>
#include <utility>

#include "capture/epb.h"
#include "system/thread.h"

namespace nmcap {
namespace {

using std::chrono::microseconds;

// Nothing is waited for that long without a nudge.
constexpr microseconds kForever = std::chrono::hours(24);
// How often it is looked whether the packets of a period that is over have all been handed over.
constexpr microseconds kPeriodCheck = std::chrono::milliseconds(20);

std::int64_t now() {
  timeval time{};
  ::gettimeofday(&time, nullptr);
  return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_usec;
}

}  // namespace

BatchWriter::BatchWriter(Drain& drain, std::function<void()> onNews)
    : drain_(drain), onNews_(std::move(onNews)) {
  figures_.counts = drain.handedOver().counts;
}

bool BatchWriter::start(const Segment& first) {
  const std::lock_guard lock(mutex_);
  if (started_ || finishing_) return false;
  started_ = true;
  segment_ = first;
  file_ = SegmentFile(first);
  state_ = State::kWriting;
  return thread_.start();
}

void BatchWriter::finish() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
  }
  change_.notify_one();
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
    segment_ = segment;
    file_ = SegmentFile(segment);
    published_ = 0;
    SegmentFigures begun;
    begun.counts = std::move(figures_.counts);
    figures_ = std::move(begun);
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
  {
    const std::lock_guard lock(mutex_);
    descriptions_.push_back(std::move(description));
  }
  drain_.pool()->nudge();
}

void BatchWriter::requestEnd() {
  // One that has ended already is not ended again.
  if (!ended()) endRequested_.store(true, std::memory_order_release);
  drain_.pool()->nudge();
}

void BatchWriter::run() {
  nameThread("nmcap-write");
  for (;;) {
    std::optional<SegmentEnd> end = writeSegment();
    if (!file_.flush()) end = std::nullopt;
    publish();
    report();
    if (!end) break;
    if (!awaitNext(*end)) return;
  }
  {
    const std::lock_guard lock(mutex_);
    state_ = State::kIdle;
  }
  onNews_();
}

// Nothing after the last batch, or where a write has failed.
std::optional<SegmentEnd> BatchWriter::writeSegment() {
  BatchPool& pool = *drain_.pool();
  for (;;) {
    if (endRequested_.exchange(false, std::memory_order_acquire)) return SegmentEnd::kAsked;
    microseconds patience = kForever;
    // Read before the pool is looked at, where all that it counts is by then.
    std::optional<Drain::HandedOver> handedOver;
    if (segment_.endsAt != 0) {
      const std::int64_t left = segment_.endsAt - now();
      patience = left > 0 ? std::min(kForever, microseconds(left)) : kPeriodCheck;
      if (left <= 0) handedOver = drain_.handedOver();
    }
    const auto batch = pool.take();
    // After the batch was taken: what its packets need has been handed in before.
    Taken taken = writeDescriptions();
    if (batch && taken == Taken::kWhole) {
      taken = write(*batch);
    } else if (batch) {
      pool.putBack(*batch);
    }
    switch (taken) {
      case Taken::kWhole:
        break;
      case Taken::kFull:
        return SegmentEnd::kFull;
      case Taken::kTime:
        return SegmentEnd::kTime;
      case Taken::kFailed:
        return std::nullopt;
    }
    if (batch) continue;
    if (handedOver && handedOver->until >= segment_.endsAt) {
      figures_.counts = std::move(handedOver->counts);
      return SegmentEnd::kTime;
    }
    if (file_.waiting()) {
      const auto left =
          std::chrono::ceil<microseconds>(file_.flushAt() - SegmentFile::Clock::now());
      if (left.count() <= 0) {
        if (!file_.flush()) return std::nullopt;
        publish();
      } else {
        patience = std::min(patience, left);
      }
    }
    if (!pool.wait(patience)) return std::nullopt;
  }
}

BatchWriter::Taken BatchWriter::writeDescriptions() {
  std::vector<InterfaceDescription> news;
  {
    const std::lock_guard lock(mutex_);
    news.swap(descriptions_);
  }
  for (const auto& [interfaceId, block, reserve] : news) {
    if (interfaceId < segment_.interfaces) continue;
    if (file_.waiting() && !file_.flush()) return Taken::kFailed;
    // The next file begins with those that are left out here.
    if (block.size() + reserve > file_.room()) return Taken::kFull;
    if (!file_.append(block.data(), block.size(), 0)) return Taken::kFailed;
    file_.reserve(reserve);
    segment_.interfaces = interfaceId + 1;
  }
  return Taken::kWhole;
}

// Writes as much of a batch as belongs to the segment; the rest is the pool's oldest again.
BatchWriter::Taken BatchWriter::write(BatchPool::Batch batch) {
  const std::uint8_t* const bytes = drain_.pool()->buffer(batch.index);
  const std::uint8_t* const begin = bytes + batch.start;
  const std::uint8_t* const end = bytes + batch.length;
  const auto later = [this](const std::uint8_t* block) {
    return segment_.endsAt != 0 && epbTime(block) >= segment_.endsAt;
  };
  std::uint64_t room = file_.room();
  if (static_cast<std::uint64_t>(end - begin) > room && file_.waiting()) {
    if (!file_.flush()) {
      drain_.pool()->putBack(batch);
      return Taken::kFailed;
    }
    room = file_.room();
  }

  Taken taken = Taken::kWhole;
  const std::uint8_t* at = end;
  std::uint32_t packets = batch.packets;
  // Time stamps rise but where the clock is set back, and then packets stay where they are.
  if (static_cast<std::uint64_t>(end - begin) > room || later(epbBefore(end))) {
    packets = 0;
    for (at = begin; at < end; at += epbLength(at), packets++) {
      if (later(at)) {
        taken = Taken::kTime;
        break;
      }
      const auto length = static_cast<std::uint64_t>(at + epbLength(at) - begin);
      const bool first = figures_.firstTime == 0 && packets == 0;
      if (length > room && !first) {
        // Compressed, what went before may leave room for it.
        taken = file_.compresses() && packets > 0 ? Taken::kWhole : Taken::kFull;
        break;
      }
    }
  }
  if (at > begin) {
    if (!file_.append(begin, static_cast<std::size_t>(at - begin), packets)) {
      drain_.pool()->putBack(batch);
      return Taken::kFailed;
    }
    publish();
    if (figures_.firstTime == 0) figures_.firstTime = epbTime(begin);
    figures_.lastTime = epbTime(epbBefore(at));
  }
  figures_.counts = drain_.countsAt(batch.index);
  if (at == end) {
    drain_.release(batch.index);
    return taken;
  }
  if (taken != Taken::kWhole) figures_.nextTime = epbTime(at);
  batch.start = static_cast<std::size_t>(at - bytes);
  batch.packets -= packets;
  // Frames that the filter refused count for the file that the batch began in.
  for (; at < end; at += epbLength(at)) {
    InterfaceCounts& count = figures_.counts[epbInterface(at)];
    count.seen--;
    count.passed--;
  }
  drain_.pool()->putBack(batch);
  return taken;
}

void BatchWriter::publish() {
  written_.fetch_add(file_.packets() - published_, std::memory_order_relaxed);
  published_ = file_.packets();
}

void BatchWriter::report() {
  figures_.compressing = file_.compressing();
  figures_.writing = file_.writing();
  figures_.error = file_.error();
  figures_.packets = file_.packets();
  figures_.bytes = file_.bytes();
  figures_.interfaces = segment_.interfaces;
}

// Until there is another segment; false where there will be none.
bool BatchWriter::awaitNext(SegmentEnd end) {
  std::unique_lock lock(mutex_);
  end_ = end;
  state_ = State::kWaiting;
  lock.unlock();
  onNews_();
  lock.lock();
  change_.wait(lock, [this] { return state_ != State::kWaiting || finishing_; });
  if (state_ == State::kWaiting) state_ = State::kIdle;
  return state_ == State::kWriting;
}

}  // namespace nmcap
