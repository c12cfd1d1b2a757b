#include "capture/batch_writer.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "system/thread.h"

namespace nmcap {
namespace {

// A kernel without preemption runs a write(2) to its end, whichever thread wakes up meanwhile.
constexpr std::size_t kMaxWrite = 256 << 10;

// Cuts off the last `count` bytes written; a device, which cannot be cut, is left as it is.
void takeBack(int descriptor, std::size_t count) {
  const off_t end = ::lseek(descriptor, -static_cast<off_t>(count), SEEK_CUR);
  if (end < 0 || ::ftruncate(descriptor, end) != 0) return;
}

}  // namespace

BatchWriter::BatchWriter(Drain& drain, int descriptor, std::function<void()> onEnd)
    : drain_(drain), descriptor_(descriptor), onEnd_(std::move(onEnd)) {
  thread_.start();
}

void BatchWriter::run() {
  nameThread("nmcap-write");
  BatchPool& pool = *drain_.pool();
  while (const auto batch = pool.wait()) {
    if (!write(*batch)) {
      pool.putBack(*batch);
      break;
    }
    written_.fetch_add(batch->packets, std::memory_order_relaxed);
    drain_.release(batch->index);
  }
  writing_.store(false, std::memory_order_release);
  onEnd_();
}

// Writes all of the batch, or none of it where the file can be cut.
bool BatchWriter::write(const BatchPool::Batch& batch) const {
  const std::uint8_t* const bytes = drain_.pool()->buffer(batch.index);
  for (std::size_t done = 0; done < batch.length;) {
    const std::size_t size = std::min(kMaxWrite, batch.length - done);
    const ssize_t count = ::write(descriptor_, bytes + done, size);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      takeBack(descriptor_, done);
      return false;
    }
    done += static_cast<std::size_t>(count);
  }
  return true;
}

}  // namespace nmcap
