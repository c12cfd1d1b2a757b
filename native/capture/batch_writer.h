// Writes a drain's batches to a file in a thread of its own, so that nothing between the rings and
// the file waits for JavaScript. Batches that cannot be written are left to JavaScript.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "capture/drain.h"
#include "system/parked_thread.h"

namespace nmcap {

class BatchWriter {
 public:
  // `descriptor`: a file or device, written from where it stands; it and the drain outlive the
  // BatchWriter. `onEnd` is called in the thread, after the drain's last batch or at the first
  // write that fails. Throws SysError ("pthread_create").
  BatchWriter(Drain& drain, int descriptor, std::function<void()> onEnd);
  ~BatchWriter() { finish(); }
  BatchWriter(const BatchWriter&) = delete;
  BatchWriter& operator=(const BatchWriter&) = delete;

  // Once the drain has ended: waits until what it handed over is written.
  void finish() { thread_.join(); }

  // While true, only the writer may take batches. After a failed write, the batch concerned is the
  // pool's oldest again, and the file ends where it begins.
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
  ParkedThread thread_{[this] { run(); }};  // last: it uses all of the above
};

}  // namespace nmcap
