// Runs a compiled filter of any kind for a limited number of steps. Programs with jumps
// that lead back, which protochain becomes, run for ever on a frame that is made for it; libpcap's
// own interpreter then never returns.
#pragma once

#include <pcap/pcap.h>

#include <cstdint>
#include <optional>

namespace nmcap {

enum class Verdict : std::uint8_t { kRejects, kPasses, kOverruns };

// Instructions that one frame may take: enough for a chain of a hundred headers, and little enough
// that a buffer full of hostile frames takes no more than about a second.
inline constexpr std::uint32_t kMaxFilterSteps = 2048;

// The result of one of BPF's operations on A. Nothing for a division by zero, which rejects the
// frame.
std::optional<std::uint32_t> calculate(std::uint16_t operation, std::uint32_t a,
                                       std::uint32_t operand);

// Whether jumps of the program lead back.
bool loops(const bpf_program& program);

// As libpcap's bpf_filter(), of a valid program; kOverruns after kMaxFilterSteps instructions.
// `captured` bytes of a frame that has `length`.
Verdict runBounded(const bpf_program& program, const std::uint8_t* frame, std::uint32_t captured,
                   std::uint32_t length);

}  // namespace nmcap
