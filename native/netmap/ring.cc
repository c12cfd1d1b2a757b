#include "netmap/ring.h"

#include <limits>
#include <stdexcept>

namespace nmcap {

Ring::Ring(std::uint8_t* region, std::size_t regionSize, std::size_t offset, std::uint16_t number,
           bool host)
    : number_(number), host_(host) {
  if (offset % alignof(std::uint64_t) != 0 || offset > regionSize ||
      regionSize - offset < sizeof(abi::Ring)) {
    throw std::out_of_range("a ring lies outside of the mapped memory");
  }
  ring_ = reinterpret_cast<abi::Ring*>(region + offset);
  slotCount_ = __atomic_load_n(&ring_->num_slots, __ATOMIC_RELAXED);
  bufferSize_ = __atomic_load_n(&ring_->buf_size, __ATOMIC_RELAXED);
  offsetMask_ = __atomic_load_n(&ring_->offset_mask, __ATOMIC_RELAXED);
  head_ = __atomic_load_n(&ring_->head, __ATOMIC_RELAXED);
  const std::size_t after = regionSize - offset - sizeof(abi::Ring);
  if (slotCount_ == 0 || slotCount_ > after / sizeof(abi::Slot)) {
    throw std::out_of_range("a ring's slots lie outside of the mapped memory");
  }
  slots_ = ring_->slots();
  if (head_ >= slotCount_) throw std::out_of_range("a ring's head lies outside of the ring");

  const std::int64_t bufferOffset = __atomic_load_n(&ring_->buf_ofs, __ATOMIC_RELAXED);
  if (bufferSize_ == 0 || bufferOffset < 0 ||
      static_cast<std::uint64_t>(bufferOffset) > regionSize - offset) {
    throw std::out_of_range("a ring's buffers lie outside of the mapped memory");
  }
  buffers_ = region + offset + bufferOffset;
  const std::size_t count = (regionSize - offset - bufferOffset) / bufferSize_;
  bufferCount_ = count < std::numeric_limits<std::uint32_t>::max()
                     ? static_cast<std::uint32_t>(count)
                     : std::numeric_limits<std::uint32_t>::max();
}

}  // namespace nmcap
