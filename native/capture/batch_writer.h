// Writes a drain's batches to a file in a thread of its own: between the rings and the file there
// is then nobody who might have other things to do. What cannot be written is left to JavaScript.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>

#include "capture/drain.h"

namespace nmcap {

class BatchWriter {
 public:
  // `descriptor`: a file or device, written from where it stands; it and the drain outlive the
  // BatchWriter. `onEnd` is called in the thread, behind the drain's last batch or at the first
  // write that fails.
  BatchWriter(Drain& drain, int descriptor, std::function<void()> onEnd);
  // Writes what there is; nothing follows that.
  ~BatchWriter();
  BatchWriter(const BatchWriter&) = delete;
  BatchWriter& operator=(const BatchWriter&) = delete;

  // Until it is false, batches are the writer's to take. After a write that failed, the batch that
  // it was about is the pool's oldest again, and the file stands where that begins.
  bool writing() const { return writing_.load(std::memory_order_acquire); }
  // Packets written since the last call.
  std::uint64_t takeWritten() { return written_.exchange(0, std::memory_order_relaxed); }

 private:
  void run();
  bool write(const BatchPool::Batch& batch) const;

  Drain& drain_;
  const int descriptor_;
  const std::function<void()> onEnd_;
  std::atomic<bool> writing_{true};
  std::atomic<std::uint64_t> written_{0};
  std::thread thread_;
};

}  // namespace nmcap
