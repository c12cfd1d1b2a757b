#include "capture/open_batch.h"

#include <utility>

namespace nmcap {

OpenBatch::OpenBatch(std::shared_ptr<BatchPool> pool, const std::vector<DrainedPort>& ports)
    : pool_(std::move(pool)), ports_(ports), counts_(pool_->batchCount()) {}

void OpenBatch::open(std::uint32_t index, std::size_t size) {
  index_ = index;
  since_ = Clock::now();
  at_ = pool_->buffer(index);
  end_ = at_ + size;
}

bool OpenBatch::submit(RingState* counted) {
  if (!index_) return false;
  const auto length = static_cast<std::size_t>(at_ - pool_->buffer(*index_));
  std::vector<InterfaceCounts>& counts = counts_[*index_];
  if (counted != nullptr) counted->settle();
  sumCounts(counts);
  if (counted != nullptr) {
    counts[counted->context.interfaceId].seen--;
    counts[counted->context.interfaceId].passed--;
  }
  pool_->submit({*std::exchange(index_, std::nullopt), length,
                 static_cast<std::uint32_t>(packets_ - packetsBefore_)});
  at_ = end_ = nullptr;
  packetsBefore_ = packets_;
  return true;
}

void OpenBatch::sumCounts(std::vector<InterfaceCounts>& sums) const {
  sums.clear();
  for (const DrainedPort& port : ports_) sums.push_back(port.counts());
}

}  // namespace nmcap
