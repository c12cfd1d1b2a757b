#include "capture/batch_pool.h"

#include <cstring>
#include <new>

namespace nmcap {
namespace {

// Batch sizes are multiples of it.
constexpr std::size_t kPage = 4096;

}  // namespace

BatchPool::BatchPool(std::size_t batchSize, std::uint32_t batchCount)
    : batchSize_(batchSize),
      batchCount_(batchCount),
      memory_(static_cast<std::uint8_t*>(std::aligned_alloc(kPage, batchSize * batchCount)),
              &std::free),
      states_(batchCount, State::kFree) {
  if (!memory_) throw std::bad_alloc();
  // So that all of it is there: a page's first use takes long, most of all on a virtual machine
  // whose host has it.
  std::memset(memory_.get(), 0, size());
  // The buffer used last is used next, while it is still in the cache.
  for (std::uint32_t i = batchCount; i > 0; i--) free_.push_back(i - 1);
}

std::optional<std::uint32_t> BatchPool::acquire() {
  const std::lock_guard lock(mutex_);
  if (free_.empty()) return std::nullopt;
  const std::uint32_t index = free_.back();
  free_.pop_back();
  hasFree_.store(!free_.empty(), std::memory_order_relaxed);
  states_[index] = State::kFilling;
  return index;
}

void BatchPool::submit(const Batch& batch) {
  const std::lock_guard lock(mutex_);
  states_[batch.index] = State::kReady;
  ready_.push_back(batch);
  ready_.back().position = position_;
  position_ += batch.length;
  outstanding_++;
}

std::optional<BatchPool::Batch> BatchPool::forget(std::uint64_t keep) {
  const std::lock_guard lock(mutex_);
  if (ready_.empty()) return std::nullopt;
  const Batch oldest = ready_.front();
  const bool isKept = position_ - oldest.position - oldest.length < keep;
  if (isKept && !free_.empty()) return std::nullopt;
  ready_.pop_front();
  setFree(oldest.index);
  outstanding_--;
  return oldest;
}

void BatchPool::finish() {
  const std::lock_guard lock(mutex_);
  finished_ = true;
}

std::optional<BatchPool::Batch> BatchPool::take() {
  const std::lock_guard lock(mutex_);
  if (ready_.empty()) return std::nullopt;
  taken_ = ready_.front();
  ready_.pop_front();
  states_[taken_->index] = State::kTaken;
  return taken_;
}

bool BatchPool::hasReady() const {
  const std::lock_guard lock(mutex_);
  return !ready_.empty();
}

bool BatchPool::isDone() const {
  const std::lock_guard lock(mutex_);
  return finished_ && ready_.empty();
}

void BatchPool::putBack(const Batch& batch) {
  const std::lock_guard lock(mutex_);
  states_[batch.index] = State::kReady;
  ready_.push_front(batch);
}

bool BatchPool::putBackRest(std::uint32_t index, std::size_t start, std::uint32_t packets) {
  const std::lock_guard lock(mutex_);
  if (!taken_ || taken_->index != index || states_[index] != State::kTaken) return false;
  if (start < taken_->start || start >= taken_->length || packets > taken_->packets) return false;
  states_[index] = State::kReady;
  ready_.push_front(*taken_);
  ready_.front().start = start;
  ready_.front().packets = packets;
  return true;
}

bool BatchPool::release(std::uint32_t index) {
  const std::lock_guard lock(mutex_);
  if (index >= batchCount_ || states_[index] != State::kTaken) return false;
  setFree(index);
  return --outstanding_ == 0;
}

void BatchPool::setFree(std::uint32_t index) {
  states_[index] = State::kFree;
  free_.push_back(index);
  hasFree_.store(true, std::memory_order_relaxed);
}

std::uint32_t BatchPool::outstanding() const {
  const std::lock_guard lock(mutex_);
  return outstanding_;
}

std::uint64_t BatchPool::position() const {
  const std::lock_guard lock(mutex_);
  return position_;
}

}  // namespace nmcap
