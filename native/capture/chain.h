// Joins the slots of one multi-slot frame (NS_MOREFRAG on all but the last). One for each ring:
// the chains of different rings are interleaved, and a chain may reach over several syncs.
#pragma once

#include <cstdint>
#include <vector>

#include "netmap/abi.h"
#include "netmap/ring.h"

namespace nmcap {

class Chain {
 public:
  bool empty() const { return slots_ == 0; }
  // Where the frame goes; that of its first slot.
  bool outbound() const { return outbound_; }
  const std::vector<std::uint8_t>& bytes() const { return bytes_; }

  void clear() {
    bytes_.clear();
    slots_ = 0;
  }

  void append(const Ring::Piece& piece) {
    if (slots_ == 0) outbound_ = (piece.flags & abi::kSlotTxMonitor) != 0;
    if (piece.data != nullptr) bytes_.insert(bytes_.end(), piece.data, piece.data + piece.length);
    slots_++;
  }

  // A slot of the other direction cannot continue this frame: where a full ring lost the end of a
  // chain, the next slot belongs to another frame.
  bool continuedBy(const Ring::Piece& piece) const {
    return outbound_ == ((piece.flags & abi::kSlotTxMonitor) != 0);
  }

  // No frame is longer (netmap's NM_MAX_FRAGS).
  bool full() const { return slots_ == abi::kMaxFragments; }

 private:
  std::vector<std::uint8_t> bytes_;  // grows to the longest frame of the ring and stays
  std::uint32_t slots_ = 0;
  bool outbound_ = false;
};

}  // namespace nmcap
