// A fixed number of large buffers that circulate between the drain thread, which fills them, and
// their consumer: a BatchWriter or JavaScript. Safe for one thread on each side.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace nmcap {

class BatchPool {
 public:
  struct Batch {
    std::uint32_t index;         // which buffer
    std::size_t length;          // bytes filled
    std::uint32_t packets;       // blocks in them
    std::size_t start = 0;       // of these bytes, the ones before belong to somebody who has them
    std::uint64_t position = 0;  // bytes of all batches submitted before
  };

  // Takes all of the memory from the system. Throws std::bad_alloc.
  BatchPool(std::size_t batchSize, std::uint32_t batchCount);

  std::size_t batchSize() const { return batchSize_; }
  std::uint32_t batchCount() const { return batchCount_; }
  // All buffers, one after the other.
  std::uint8_t* data() const { return memory_.get(); }
  std::size_t size() const { return batchSize_ * batchCount_; }
  std::uint8_t* buffer(std::uint32_t index) const { return memory_.get() + index * batchSize_; }

  // The filling side: a free buffer's index, or nothing when all are in use; and a filled one.
  std::optional<std::uint32_t> acquire();
  void submit(const Batch& batch);
  // Frees the oldest filled batch where `keep` bytes are left in the others, or no batch is free.
  std::optional<Batch> forget(std::uint64_t keep);
  // Whether acquire() has one: cheap, for asking over and over while there is none.
  bool hasFree() const { return hasFree_.load(std::memory_order_relaxed); }
  // No batch follows.
  void finish();

  // The emptying side: the oldest filled batch, and giving one back. release() returns true when
  // that was the last one outstanding; an index that was not taken is ignored.
  std::optional<Batch> take();
  bool release(std::uint32_t index);
  // Whether take() has a batch; whether all that it will ever have has been taken.
  bool hasReady() const;
  bool isDone() const;
  // Makes the batch that was taken last the oldest one again.
  void putBack(const Batch& batch);
  // The same for what it has from `start` on; false for any other batch.
  bool putBackRest(std::uint32_t index, std::size_t start, std::uint32_t packets);

  // Batches filled and not yet released.
  std::uint32_t outstanding() const;
  // Bytes submitted.
  std::uint64_t position() const;

 private:
  enum class State : std::uint8_t { kFree, kFilling, kReady, kTaken };

  const std::size_t batchSize_;
  const std::uint32_t batchCount_;
  const std::unique_ptr<std::uint8_t, decltype(&std::free)> memory_;

  void setFree(std::uint32_t index);

  mutable std::mutex mutex_;
  std::atomic<bool> hasFree_{true};
  bool finished_ = false;
  std::vector<State> states_;
  std::vector<std::uint32_t> free_;
  std::deque<Batch> ready_;
  std::uint32_t outstanding_ = 0;
  std::uint64_t position_ = 0;
  std::optional<Batch> taken_;  // the last one
};

}  // namespace nmcap
