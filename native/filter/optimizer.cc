#include "filter/optimizer.h"

#include <array>
#include <cstdint>
#include <optional>

#include "filter/bounded_program.h"

namespace nmcap {
namespace {

constexpr std::uint32_t kAllBits = 0xffffffff;

using Constant = std::optional<std::uint32_t>;

// What is known of the registers while a program is read from front to back. The arithmetic of one
// expression is a stretch of it without jumps, and that is all that can make a constant.
class Constants {
 public:
  // Whether the instruction masks with all bits.
  bool masksAll(const bpf_insn& instruction) {
    const bool fromX = BPF_SRC(instruction.code) == BPF_X;
    const Constant operand = fromX ? x_ : Constant(instruction.k);
    switch (BPF_CLASS(instruction.code)) {
      case BPF_LD:
        a_ = loaded(instruction);
        return false;
      case BPF_LDX:
        x_ = loaded(instruction);
        return false;
      case BPF_ST:
        memory_.at(instruction.k) = a_;
        return false;
      case BPF_STX:
        memory_.at(instruction.k) = x_;
        return false;
      case BPF_MISC:
        (BPF_MISCOP(instruction.code) == BPF_TAX ? x_ : a_) =
            BPF_MISCOP(instruction.code) == BPF_TAX ? a_ : x_;
        return false;
      case BPF_JMP:
        return BPF_OP(instruction.code) == BPF_JSET && operand == kAllBits;
      case BPF_ALU: {
        const bool masks = BPF_OP(instruction.code) == BPF_AND;
        const bool masksAll = masks && (a_ == kAllBits || operand == kAllBits);
        a_ = a_ && operand ? calculate(BPF_OP(instruction.code), *a_, *operand) : std::nullopt;
        return masksAll;
      }
      default:
        return false;
    }
  }

 private:
  Constant loaded(const bpf_insn& instruction) const {
    switch (BPF_MODE(instruction.code)) {
      case BPF_IMM:
        return instruction.k;
      case BPF_MEM:
        return memory_.at(instruction.k);
      default:
        return std::nullopt;
    }
  }

  Constant a_;
  Constant x_;
  std::array<Constant, BPF_MEMWORDS> memory_;
};

}  // namespace

bool optimizerIsSafe(pcap_t* handle, const std::string& expression, bpf_u_int32 netmask) {
  bpf_program program{};
  if (pcap_compile(handle, &program, expression.c_str(), 0, netmask) != 0) return true;
  Constants constants;
  bool safe = true;
  for (u_int i = 0; i < program.bf_len && safe; i++) {
    safe = !constants.masksAll(program.bf_insns[i]);
  }
  pcap_freecode(&program);
  return safe;
}

}  // namespace nmcap
