#include "filter/bounded_program.h"

#include <array>
#include <cstddef>
#include <optional>

namespace nmcap {
namespace {

constexpr std::uint32_t kWordBits = 32;

// JA's distance is the only one with a sign.
std::int64_t distance(const bpf_insn& instruction) {
  return static_cast<std::int32_t>(instruction.k);
}

// In network byte order. Nothing past the end of the frame.
std::optional<std::uint32_t> load(std::uint16_t size, const std::uint8_t* frame,
                                  std::uint32_t captured, std::uint64_t at) {
  const std::size_t bytes = size == BPF_W ? 4 : size == BPF_H ? 2 : 1;
  if (at + bytes > captured) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < bytes; i++) value = value << 8 | frame[at + i];
  return value;
}

bool holds(std::uint16_t comparison, std::uint32_t a, std::uint32_t operand) {
  switch (comparison) {
    case BPF_JEQ:
      return a == operand;
    case BPF_JGT:
      return a > operand;
    case BPF_JGE:
      return a >= operand;
    default:  // BPF_JSET
      return (a & operand) != 0;
  }
}

}  // namespace

std::optional<std::uint32_t> calculate(std::uint16_t operation, std::uint32_t a,
                                       std::uint32_t operand) {
  switch (operation) {
    case BPF_ADD:
      return a + operand;
    case BPF_SUB:
      return a - operand;
    case BPF_MUL:
      return a * operand;
    case BPF_DIV:
      if (operand == 0) return std::nullopt;
      return a / operand;
    case BPF_MOD:
      if (operand == 0) return std::nullopt;
      return a % operand;
    case BPF_AND:
      return a & operand;
    case BPF_OR:
      return a | operand;
    case BPF_XOR:
      return a ^ operand;
    case BPF_LSH:
      return operand < kWordBits ? a << operand : 0;
    case BPF_RSH:
      return operand < kWordBits ? a >> operand : 0;
    case BPF_NEG:
      return 0 - a;
    default:
      return std::nullopt;
  }
}

bool loops(const bpf_program& program) {
  for (u_int i = 0; i < program.bf_len; i++) {
    const bpf_insn& instruction = program.bf_insns[i];
    if (instruction.code == (BPF_JMP | BPF_JA) && distance(instruction) < 0) return true;
  }
  return false;
}

Verdict runBounded(const bpf_program& program, const std::uint8_t* frame, std::uint32_t captured,
                   std::uint32_t length) {
  std::uint32_t a = 0;
  std::uint32_t x = 0;
  std::array<std::uint32_t, BPF_MEMWORDS> memory{};
  std::int64_t at = 0;
  for (std::uint32_t steps = 0; steps < kMaxFilterSteps; steps++) {
    if (at < 0 || at >= program.bf_len) return Verdict::kRejects;
    const bpf_insn& instruction = program.bf_insns[at++];
    const std::uint32_t k = instruction.k;
    const std::uint32_t operand = BPF_SRC(instruction.code) == BPF_X ? x : k;
    switch (BPF_CLASS(instruction.code)) {
      case BPF_RET: {
        const std::uint32_t result = BPF_RVAL(instruction.code) == BPF_A ? a : k;
        return result != 0 ? Verdict::kPasses : Verdict::kRejects;
      }
      case BPF_LD:
      case BPF_LDX: {
        std::optional<std::uint32_t> value;
        switch (BPF_MODE(instruction.code)) {
          case BPF_IMM:
            value = k;
            break;
          case BPF_LEN:
            value = length;
            break;
          case BPF_MEM:
            if (k < memory.size()) value = memory[k];
            break;
          case BPF_ABS:
            value = load(BPF_SIZE(instruction.code), frame, captured, k);
            break;
          case BPF_IND:
            value = load(BPF_SIZE(instruction.code), frame, captured, std::uint64_t{x} + k);
            break;
          case BPF_MSH:
            value = load(BPF_B, frame, captured, k);
            if (value) value = (*value & 0xf) * 4;
            break;
        }
        if (!value) return Verdict::kRejects;
        (BPF_CLASS(instruction.code) == BPF_LDX ? x : a) = *value;
        break;
      }
      case BPF_ST:
      case BPF_STX:
        if (k >= memory.size()) return Verdict::kRejects;
        memory[k] = BPF_CLASS(instruction.code) == BPF_ST ? a : x;
        break;
      case BPF_ALU: {
        const auto result = calculate(BPF_OP(instruction.code), a, operand);
        if (!result) return Verdict::kRejects;
        a = *result;
        break;
      }
      case BPF_JMP:
        if (BPF_OP(instruction.code) == BPF_JA) {
          at += distance(instruction);
        } else {
          at += holds(BPF_OP(instruction.code), a, operand) ? instruction.jt : instruction.jf;
        }
        break;
      default:  // BPF_MISC
        if (BPF_MISCOP(instruction.code) == BPF_TAX) {
          x = a;
        } else {
          a = x;
        }
        break;
    }
  }
  return Verdict::kOverruns;
}

}  // namespace nmcap
