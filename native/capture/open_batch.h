// The batch that is being filled, and what was counted by the end of each one.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "capture/batch_pool.h"
#include "capture/drained_port.h"
#include "capture/epb.h"

namespace nmcap {

class OpenBatch {
 public:
  using Clock = std::chrono::steady_clock;

  // `ports`: whose packets are in the batches.
  OpenBatch(std::shared_ptr<BatchPool> pool, const std::vector<DrainedPort>& ports);

  bool isOpen() const { return index_.has_value(); }
  // Since when it is open.
  Clock::time_point since() const { return since_; }
  // Bytes of its packets.
  std::size_t size() const { return static_cast<std::size_t>(at_ - begin_); }
  // Whether writeEpb() may write a block of `size` bytes.
  bool hasRoom(std::size_t size) const {
    return static_cast<std::size_t>(end_ - at_) >= size + kEpbSlack;
  }
  // Where the next block goes, and that it is there.
  std::uint8_t* at() const { return at_; }
  void added(std::uint8_t* end) {
    at_ = end;
    packets_++;
  }

  // Goes on in an empty buffer of the pool.
  void open(std::uint32_t index);
  // Gives it to the pool; false where there is none. `counted`: the ring of a packet that is
  // counted already, but is not in it.
  bool submit(RingState* counted = nullptr);

  // In all batches.
  std::uint64_t packets() const { return packets_; }
  // What was counted by interface: up to now, and up to the end of a batch that was submitted.
  void sumCounts(std::vector<InterfaceCounts>& sums) const;
  const std::vector<InterfaceCounts>& countsAt(std::uint32_t batch) const { return counts_[batch]; }

 private:
  const std::shared_ptr<BatchPool> pool_;
  const std::vector<DrainedPort>& ports_;
  std::vector<std::vector<InterfaceCounts>> counts_;  // for each buffer, by interface
  std::optional<std::uint32_t> index_;
  Clock::time_point since_;
  std::uint8_t* begin_ = nullptr;
  std::uint8_t* at_ = nullptr;
  std::uint8_t* end_ = nullptr;
  std::uint64_t packets_ = 0;
  std::uint64_t packetsBefore_ = 0;  // of these, in batches before this one
};

}  // namespace nmcap
