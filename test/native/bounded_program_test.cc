// The bounded interpreter against libpcap's: the same answer for every program that ends, and an
// end for every other.
#include "filter/bounded_program.h"

#include <cstdint>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "check.h"
#include "filter/filter.h"

using nmcap::Filter;
using nmcap::runBounded;
using nmcap::Verdict;

namespace {

using Random = std::mt19937;

std::uint32_t below(Random& random, std::uint32_t bound) { return random() % bound; }

// Every instruction of BPF; jumps lead forward, the last one returns.
std::vector<bpf_insn> randomProgram(Random& random, std::uint32_t count) {
  constexpr std::uint16_t kCodes[] = {BPF_LD | BPF_B | BPF_ABS,
                                      BPF_LD | BPF_H | BPF_ABS,
                                      BPF_LD | BPF_W | BPF_ABS,
                                      BPF_LD | BPF_B | BPF_IND,
                                      BPF_LD | BPF_H | BPF_IND,
                                      BPF_LD | BPF_W | BPF_IND,
                                      BPF_LD | BPF_IMM,
                                      BPF_LD | BPF_W | BPF_LEN,
                                      BPF_LD | BPF_MEM,
                                      BPF_LDX | BPF_MSH | BPF_B,
                                      BPF_LDX | BPF_IMM,
                                      BPF_LDX | BPF_MEM,
                                      BPF_LDX | BPF_W | BPF_LEN,
                                      BPF_ST,
                                      BPF_STX,
                                      BPF_ALU | BPF_ADD | BPF_K,
                                      BPF_ALU | BPF_SUB | BPF_X,
                                      BPF_ALU | BPF_MUL | BPF_X,
                                      BPF_ALU | BPF_DIV | BPF_X,
                                      BPF_ALU | BPF_MOD | BPF_X,
                                      BPF_ALU | BPF_AND | BPF_K,
                                      BPF_ALU | BPF_AND | BPF_X,
                                      BPF_ALU | BPF_OR | BPF_X,
                                      BPF_ALU | BPF_XOR | BPF_K,
                                      BPF_ALU | BPF_LSH | BPF_X,
                                      BPF_ALU | BPF_RSH | BPF_X,
                                      BPF_ALU | BPF_LSH | BPF_K,
                                      BPF_ALU | BPF_NEG,
                                      BPF_MISC | BPF_TAX,
                                      BPF_MISC | BPF_TXA,
                                      BPF_JMP | BPF_JA,
                                      BPF_JMP | BPF_JEQ | BPF_K,
                                      BPF_JMP | BPF_JGT | BPF_X,
                                      BPF_JMP | BPF_JGE | BPF_K,
                                      BPF_JMP | BPF_JSET | BPF_X,
                                      BPF_RET | BPF_A,
                                      BPF_RET | BPF_K};
  std::vector<bpf_insn> program(count);
  for (std::uint32_t i = 0; i < count; i++) {
    bpf_insn& instruction = program[i];
    const std::uint32_t left = count - 1 - i;
    instruction.code = left == 0 ? BPF_RET | BPF_K : kCodes[below(random, std::size(kCodes))];
    // Small enough for memory words and shifts.
    instruction.k = below(random, BPF_MEMWORDS);
    if (BPF_CLASS(instruction.code) != BPF_JMP) continue;
    instruction.jt = static_cast<std::uint8_t>(below(random, left));
    instruction.jf = static_cast<std::uint8_t>(below(random, left));
    if (instruction.code == (BPF_JMP | BPF_JA)) instruction.k = below(random, left);
  }
  return program;
}

std::vector<std::uint8_t> bytes(const std::string& hex) {
  std::vector<std::uint8_t> result;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    result.push_back(static_cast<std::uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
  }
  return result;
}

bool passes(const Filter& filter, const std::vector<std::uint8_t>& frame) {
  const auto length = static_cast<std::uint32_t>(frame.size());
  return filter.passes(frame.data(), length, length);
}

const std::string kEthernet6 = "02000000000202000000000186dd";
const std::string kAddresses(64, '0');

}  // namespace

TEST("bounded program: random programs agree with libpcap on random frames") {
  Random random(3);
  int passed = 0;
  for (int i = 0; i < 20'000; i++) {
    std::vector<bpf_insn> instructions = randomProgram(random, 2 + below(random, 25));
    // libpcap's memory words hold anything at first.
    for (std::uint32_t word = 0; word < BPF_MEMWORDS; word++) {
      instructions.insert(instructions.begin(), BPF_STMT(BPF_ST, word));
    }
    const bpf_program program{static_cast<u_int>(instructions.size()), instructions.data()};
    EQUAL(bpf_validate(program.bf_insns, static_cast<int>(program.bf_len)) != 0, true);
    EQUAL(nmcap::loops(program), false);
    for (int j = 0; j < 10; j++) {
      std::vector<std::uint8_t> frame(1 + below(random, 40));
      for (std::uint8_t& byte : frame) byte = static_cast<std::uint8_t>(below(random, 256));
      const auto captured = static_cast<std::uint32_t>(frame.size());
      const std::uint32_t length = captured + below(random, 3);
      const bool expected = bpf_filter(program.bf_insns, frame.data(), length, captured) != 0;
      const Verdict verdict = runBounded(program, frame.data(), captured, length);
      EQUAL(verdict == Verdict::kPasses, expected);
      HOLDS(verdict != Verdict::kOverruns);
      if (expected) passed++;
    }
  }
  HOLDS(passed > 1000);
}

TEST("bounded program: protochain finds a header, and gives up on a chain without an end") {
  const Filter filter("ip6 protochain 58", DLT_EN10MB);
  // Hop-by-hop options, then ICMPv6; the same, then UDP.
  EQUAL(passes(filter, bytes(kEthernet6 + "6000000000100040" + kAddresses + "3a00000000000000" +
                             "8000000000000000")),
        true);
  EQUAL(passes(filter, bytes(kEthernet6 + "6000000000100040" + kAddresses + "1100000000000000" +
                             "0007000700080000")),
        false);
  EQUAL(filter.overruns(), 0u);
  // An authentication header whose successor, by its length, it is itself.
  const std::string after(76, '0');
  EQUAL(passes(filter, bytes(kEthernet6 + "6000000000283340" + kAddresses + "3308" + after)),
        false);
  EQUAL(filter.overruns(), 1u);
}

TEST("bounded program: only programs that lead back are bounded") {
  const Filter filter("tcp port 80 and ip[8] + 1 > ip[9]", DLT_EN10MB);
  EQUAL(passes(filter, std::vector<std::uint8_t>(60)), false);
  EQUAL(filter.overruns(), 0u);
}
