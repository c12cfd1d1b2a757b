// Where a frame of the simulation's load (native/sim/load.cc), or of frame_sender, has its number.
#pragma once

#include <cstddef>
#include <cstdint>

namespace nmcap::bench {

// After the headers of Ethernet, IPv4 and UDP; big-endian.
inline constexpr std::size_t kSequenceOffset = 42;

inline std::uint64_t bigEndian64(const std::uint8_t* bytes) {
  std::uint64_t value = 0;
  for (int i = 0; i < 8; i++) value = value << 8 | bytes[i];
  return value;
}

inline void putBigEndian64(std::uint8_t* bytes, std::uint64_t value) {
  for (int i = 7; i >= 0; i--, value >>= 8) bytes[i] = static_cast<std::uint8_t>(value);
}

}  // namespace nmcap::bench
