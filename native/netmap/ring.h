// One netmap ring, as far as user space can trust it: what does not change is read and checked
// once, when the port is mapped; what the kernel changes is read once per use. The memory is shared
// with the kernel and, on a zero-copy monitor, with the monitored application, so nothing read from
// it is used as an index or a length before it has been checked.
#pragma once

#include <cstddef>
#include <cstdint>

#include "netmap/abi.h"

namespace nmcap {

class Ring {
 public:
  // What one slot holds. `data` is null when the slot points outside of the mapped buffers.
  struct Piece {
    std::uint8_t* data;
    std::uint32_t length;  // bytes, at most `room`
    std::uint32_t room;    // bytes up to the end of the buffer
    std::uint16_t flags;   // abi::kSlot…
  };

  // `region` is the mapping that holds the ring at `offset`. Throws std::out_of_range when the ring
  // or its slots do not lie in it.
  Ring(std::uint8_t* region, std::size_t regionSize, std::size_t offset, std::uint16_t number,
       bool host);

  // Rings are numbered as epb_queue has them: NIC rings from 0, host rings after them.
  std::uint16_t number() const { return number_; }
  bool host() const { return host_; }
  std::uint32_t slotCount() const { return slotCount_; }
  std::uint32_t bufferSize() const { return bufferSize_; }

  // First slot that is user space's; the kernel's begin at tail().
  std::uint32_t head() const { return head_; }
  // As of the last sync. A tail out of range reads as "nothing there".
  std::uint32_t tail() const {
    const std::uint32_t tail = __atomic_load_n(&ring_->tail, __ATOMIC_ACQUIRE);
    return tail < slotCount_ ? tail : head_;
  }
  std::uint32_t next(std::uint32_t index) const { return index + 1 == slotCount_ ? 0 : index + 1; }
  // The slot that follows `count` slots later; at most slotCount().
  std::uint32_t after(std::uint32_t index, std::uint32_t count) const {
    const std::uint32_t sum = index + count;
    return sum < slotCount_ ? sum : sum - slotCount_;
  }
  // Slots from one to another one.
  std::uint32_t distance(std::uint32_t from, std::uint32_t to) const {
    return to >= from ? to - from : to + slotCount_ - from;
  }
  // Slots from head to tail.
  std::uint32_t available() const { return distance(head_, tail()); }

  Piece piece(std::uint32_t index) const {
    const abi::Slot& slot = slots_[index];
    const std::uint32_t buffer = __atomic_load_n(&slot.buf_idx, __ATOMIC_RELAXED);
    const std::uint32_t length = __atomic_load_n(&slot.len, __ATOMIC_RELAXED);
    const std::uint16_t flags = __atomic_load_n(&slot.flags, __ATOMIC_RELAXED);
    const std::uint64_t offset =
        offsetMask_ == 0 ? 0 : __atomic_load_n(&slot.ptr, __ATOMIC_RELAXED) & offsetMask_;
    if (buffer >= bufferCount_ || offset > bufferSize_) return {nullptr, 0, 0, flags};
    const std::uint32_t room = bufferSize_ - static_cast<std::uint32_t>(offset);
    return {buffers_ + static_cast<std::size_t>(buffer) * bufferSize_ + offset,
            length < room ? length : room, room, flags};
  }

  // For an application's tx ring: sets the slot's length and flags, before it is released.
  void describe(std::uint32_t index, std::uint16_t length, std::uint16_t flags) {
    __atomic_store_n(&slots_[index].len, length, __ATOMIC_RELAXED);
    __atomic_store_n(&slots_[index].flags, flags, __ATOMIC_RELAXED);
  }

  // Gives all slots before `head` back; the kernel takes them at the next sync.
  void release(std::uint32_t head) {
    head_ = head;
    __atomic_store_n(&ring_->cur, head, __ATOMIC_RELAXED);
    __atomic_store_n(&ring_->head, head, __ATOMIC_RELEASE);
  }

  // Writes head and cur as another program that shares the memory may: unchecked, and unknown to
  // head(). For tests.
  void spoil(std::uint32_t head) {
    __atomic_store_n(&ring_->cur, head, __ATOMIC_RELAXED);
    __atomic_store_n(&ring_->head, head, __ATOMIC_RELEASE);
  }

  // Asks for timestamp() to be set at every sync.
  void requestTimestamps() {
    __atomic_fetch_or(&ring_->flags, abi::kRingTimestamp, __ATOMIC_RELAXED);
  }
  // Of the last sync; all zero where the module keeps none (its no_timestamp=1).
  timeval timestamp() const {
    timeval time{};
    time.tv_sec = __atomic_load_n(&ring_->ts.tv_sec, __ATOMIC_RELAXED);
    time.tv_usec = __atomic_load_n(&ring_->ts.tv_usec, __ATOMIC_RELAXED);
    return time;
  }

 private:
  abi::Ring* ring_;
  abi::Slot* slots_;
  std::uint8_t* buffers_;
  std::uint32_t slotCount_;
  std::uint32_t bufferSize_;
  std::uint32_t bufferCount_;  // buffers that lie in the region as a whole
  std::uint32_t head_;
  std::uint64_t offsetMask_;
  std::uint16_t number_;
  bool host_;
};

}  // namespace nmcap
