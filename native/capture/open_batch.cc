#include "capture/open_batch.h"

#include <utility>

namespace nmcap {

OpenBatch::OpenBatch(std::shared_ptr<BatchPool> pool, const std::vector<DrainedPort>& ports)
    : pool_(std::move(pool)), ports_(ports), counts_(pool_->batchCount()) {}

void OpenBatch::open(std::uint32_t index) {
  index_ = index;
  since_ = Clock::now();
  begin_ = at_ = pool_->buffer(index);
  end_ = begin_ + pool_->batchSize();
}

bool OpenBatch::submit(RingState* counted) {
  if (!index_) return false;
  std::vector<InterfaceCounts>& counts = counts_[*index_];
  if (counted != nullptr) counted->settle();
  sumCounts(counts);
  if (counted != nullptr) {
    counts[counted->context.interfaceId].seen--;
    counts[counted->context.interfaceId].passed--;
  }
  pool_->submit({*std::exchange(index_, std::nullopt), size(),
                 static_cast<std::uint32_t>(packets_ - packetsBefore_)});
  begin_ = at_ = end_ = nullptr;
  packetsBefore_ = packets_;
  return true;
}

void OpenBatch::sumCounts(std::vector<InterfaceCounts>& sums) const {
  sums.clear();
  for (const DrainedPort& port : ports_) sums.push_back(port.counts());
}

}  // namespace nmcap
