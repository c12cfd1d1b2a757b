// Copying frames, most of which are short: a call of memcpy(3) with a length that the compiler does
// not know costs more than it copies.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace nmcap::sim {

inline void copyBytes(std::uint8_t* to, const std::uint8_t* from, std::size_t length) {
  constexpr std::size_t kHalf = 32;
  if (length < kHalf || length > 2 * kHalf) {
    std::memcpy(to, from, length);
    return;
  }
  // Two moves of known length, which overlap where there are fewer than 64 bytes.
  std::uint8_t head[kHalf];
  std::uint8_t tail[kHalf];
  std::memcpy(head, from, kHalf);
  std::memcpy(tail, from + length - kHalf, kHalf);
  std::memcpy(to, head, kHalf);
  std::memcpy(to + length - kHalf, tail, kHalf);
}

}  // namespace nmcap::sim
