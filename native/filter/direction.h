#pragma once

#include <cstdint>

namespace nmcap {

// A packet's direction, as bits 0 and 1 of epb_flags have it (pcapng, section 4.3.1).
enum class Direction : std::uint8_t { kUnknown = 0, kInbound = 1, kOutbound = 2 };

}  // namespace nmcap
