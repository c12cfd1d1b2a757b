#include "filter/filter_program.h"

#include <arpa/inet.h>

#include <array>
#include <cstddef>
#include <cstring>

namespace nmcap {
namespace {

enum class Load : std::uint8_t {
  kNone,
  kByte,  // into A, from `offset`
  kHalf,
  kWord,
  kByteAtX,  // into A, from X + `offset`
  kHalfAtX,
  kWordAtX,
  kHeaderLength,  // into X: 4 * (byte & 0xf), an IPv4 header's length
  kImmediate,     // A = `offset`
  kAnd,           // A &= `offset`
};
constexpr std::size_t kLoads = 10;

enum class Compare : std::uint8_t {
  kAlways,
  kEqual,
  kGreater,
  kGreaterOrEqual,
  kAnyBit,
  kAccept,
  kReject,
};
constexpr std::size_t kCompares = 7;

std::optional<Load> loadOf(std::uint16_t code) {
  switch (code) {
    case BPF_LD | BPF_B | BPF_ABS:
      return Load::kByte;
    case BPF_LD | BPF_H | BPF_ABS:
      return Load::kHalf;
    case BPF_LD | BPF_W | BPF_ABS:
      return Load::kWord;
    case BPF_LD | BPF_B | BPF_IND:
      return Load::kByteAtX;
    case BPF_LD | BPF_H | BPF_IND:
      return Load::kHalfAtX;
    case BPF_LD | BPF_W | BPF_IND:
      return Load::kWordAtX;
    case BPF_LDX | BPF_MSH | BPF_B:
      return Load::kHeaderLength;
    case BPF_LD | BPF_W | BPF_IMM:
      return Load::kImmediate;
    case BPF_ALU | BPF_AND | BPF_K:
      return Load::kAnd;
    default:
      return std::nullopt;
  }
}

std::optional<Compare> compareOf(const bpf_insn& instruction) {
  switch (instruction.code) {
    case BPF_RET | BPF_K:
      return instruction.k != 0 ? Compare::kAccept : Compare::kReject;
    case BPF_JMP | BPF_JA:
      return Compare::kAlways;
    case BPF_JMP | BPF_JEQ | BPF_K:
      return Compare::kEqual;
    case BPF_JMP | BPF_JGT | BPF_K:
      return Compare::kGreater;
    case BPF_JMP | BPF_JGE | BPF_K:
      return Compare::kGreaterOrEqual;
    case BPF_JMP | BPF_JSET | BPF_K:
      return Compare::kAnyBit;
    default:
      return std::nullopt;
  }
}

constexpr std::size_t bytesOf(Load load) {
  switch (load) {
    case Load::kNone:
    case Load::kImmediate:
    case Load::kAnd:
      return 0;
    case Load::kHalf:
    case Load::kHalfAtX:
      return 2;
    case Load::kWord:
    case Load::kWordAtX:
      return 4;
    default:
      return 1;
  }
}

constexpr bool isAtX(Load load) {
  return load == Load::kByteAtX || load == Load::kHalfAtX || load == Load::kWordAtX;
}

// In network byte order, wherever it lies.
template <std::size_t kBytes>
std::uint32_t number(const std::uint8_t* at) {
  if constexpr (kBytes == 4) {
    std::uint32_t word;
    std::memcpy(&word, at, sizeof word);
    return ntohl(word);
  } else if constexpr (kBytes == 2) {
    std::uint16_t half;
    std::memcpy(&half, at, sizeof half);
    return ntohs(half);
  } else {
    return *at;
  }
}

}  // namespace

// A function for every kind of step. The next step is a tail call, which compilers make a jump: no
// loop and no switch as in an interpreter.
struct FilterProgram::Kinds {
  template <Load kLoad, Compare kCompare>
  static bool run(const Step* step, Frame frame, std::uint32_t a, std::uint32_t x) {
    constexpr std::size_t kBytes = bytesOf(kLoad);
    if constexpr (kBytes != 0) {
      // 64 bits, so that the sum does not wrap around.
      const std::uint64_t at = std::uint64_t{step->offset} + (isAtX(kLoad) ? x : 0);
      // A load past the end of the frame rejects it (bpf_filter.c).
      if (at + kBytes > frame.length) return false;
      const std::uint32_t loaded = number<kBytes>(frame.data + at);
      if constexpr (kLoad == Load::kHeaderLength) {
        x = (loaded & 0xf) * 4;
      } else {
        a = loaded;
      }
    } else if constexpr (kLoad == Load::kImmediate) {
      a = step->offset;
    } else if constexpr (kLoad == Load::kAnd) {
      a &= step->offset;
    }
    if constexpr (kCompare == Compare::kAccept) return true;
    if constexpr (kCompare == Compare::kReject) return false;
    // Two calls, so that the processor predicts the branch instead of waiting for the comparison.
    if (compare<kCompare>(a, step->value)) return step->ifTrue->run(step->ifTrue, frame, a, x);
    return step->ifFalse->run(step->ifFalse, frame, a, x);
  }

  template <Compare kCompare>
  static bool compare(std::uint32_t a, std::uint32_t value) {
    if constexpr (kCompare == Compare::kEqual) return a == value;
    if constexpr (kCompare == Compare::kGreater) return a > value;
    if constexpr (kCompare == Compare::kGreaterOrEqual) return a >= value;
    if constexpr (kCompare == Compare::kAnyBit) return (a & value) != 0;
    return true;
  }

  // By kind: load * kCompares + compare.
  template <std::size_t... kKinds>
  static constexpr std::array<Run, sizeof...(kKinds)> all(std::index_sequence<kKinds...>) {
    return {
        run<static_cast<Load>(kKinds / kCompares), static_cast<Compare>(kKinds % kCompares)>...};
  }

  static Run of(Load load, Compare compare) {
    static constexpr auto kAll = all(std::make_index_sequence<kLoads * kCompares>());
    return kAll[static_cast<std::size_t>(load) * kCompares + static_cast<std::size_t>(compare)];
  }
};

// A step for each instruction, so that jumps lead where they led: that of a load does what the
// comparison after it does too, which keeps a step of its own for jumps to it.
std::optional<FilterProgram> FilterProgram::decode(const bpf_program& program) {
  const std::size_t count = program.bf_len;
  std::vector<Step> steps(count);
  for (std::size_t i = 0; i < count; i++) {
    Load load = Load::kNone;
    std::size_t at = i;
    if (const auto loads = loadOf(program.bf_insns[at].code)) {
      load = *loads;
      steps[i].offset = program.bf_insns[at++].k;
      if (at == count) return std::nullopt;
    }
    const bpf_insn& comparison = program.bf_insns[at];
    std::uint64_t ifTrue = at;
    std::uint64_t ifFalse = at;
    Compare compare = Compare::kAlways;
    // A load after a load is the next step.
    if (load == Load::kNone || !loadOf(comparison.code)) {
      const auto known = compareOf(comparison);
      if (!known) return std::nullopt;
      compare = *known;
      const bool jumps = BPF_CLASS(comparison.code) == BPF_JMP;
      const bool always = compare == Compare::kAlways;
      ifTrue = !jumps ? i : at + 1 + (always ? comparison.k : comparison.jt);
      ifFalse = !jumps ? i : at + 1 + (always ? comparison.k : comparison.jf);
    }
    if (ifTrue >= count || ifFalse >= count) return std::nullopt;
    steps[i].run = Kinds::of(load, compare);
    steps[i].value = comparison.k;
    steps[i].ifTrue = &steps[ifTrue];
    steps[i].ifFalse = &steps[ifFalse];
  }
  if (steps.empty()) return std::nullopt;
  return FilterProgram(std::move(steps));
}

}  // namespace nmcap
