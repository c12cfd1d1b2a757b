// The fast form of filters against libpcap's interpreter: the same answer, whatever the program and
// the frame.
#include "filter/filter_program.h"

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "check.h"

using nmcap::FilterProgram;

namespace {

using Random = std::mt19937;

std::uint32_t below(Random& random, std::uint32_t bound) { return random() % bound; }

// Frames that programs find something in: few different bytes.
std::vector<std::uint8_t> randomFrame(Random& random) {
  constexpr std::uint8_t kBytes[] = {0, 1, 0x08, 0x45, 6, 17, 53, 0x86, 0xdd, 0xff};
  std::vector<std::uint8_t> frame(below(random, 80));
  for (std::uint8_t& byte : frame) byte = kBytes[below(random, sizeof kBytes)];
  return frame;
}

std::uint32_t randomConstant(Random& random) {
  constexpr std::uint32_t kConstants[] = {0,      1,          17,         53,         0x800,
                                          0x86dd, 0x08004500, 0x7fffffff, 0xfffffffe, 0xffffffff};
  return below(random, 2) == 0 ? below(random, 90)
                               : kConstants[below(random, std::size(kConstants))];
}

// A valid program of `count` instructions: jumps lead forward, the last one returns.
std::vector<bpf_insn> randomProgram(Random& random, std::uint32_t count) {
  constexpr std::uint16_t kCodes[] = {
      BPF_LD | BPF_B | BPF_ABS,  BPF_LD | BPF_H | BPF_ABS,   BPF_LD | BPF_W | BPF_ABS,
      BPF_LD | BPF_B | BPF_IND,  BPF_LD | BPF_H | BPF_IND,   BPF_LD | BPF_W | BPF_IND,
      BPF_LDX | BPF_MSH | BPF_B, BPF_LD | BPF_W | BPF_IMM,   BPF_ALU | BPF_AND | BPF_K,
      BPF_JMP | BPF_JA,          BPF_JMP | BPF_JEQ | BPF_K,  BPF_JMP | BPF_JGT | BPF_K,
      BPF_JMP | BPF_JGE | BPF_K, BPF_JMP | BPF_JSET | BPF_K, BPF_RET | BPF_K};
  std::vector<bpf_insn> program(count);
  for (std::uint32_t i = 0; i < count; i++) {
    bpf_insn& instruction = program[i];
    const std::uint32_t left = count - 1 - i;
    instruction.code = left == 0 ? BPF_RET | BPF_K : kCodes[below(random, std::size(kCodes))];
    instruction.k = randomConstant(random);
    if (BPF_CLASS(instruction.code) != BPF_JMP) continue;
    instruction.jt = static_cast<std::uint8_t>(below(random, left));
    instruction.jf = static_cast<std::uint8_t>(below(random, left));
    if (instruction.code == (BPF_JMP | BPF_JA)) instruction.k = below(random, left);
  }
  return program;
}

void compare(const bpf_program& compiled, const FilterProgram& program, Random& random) {
  for (int i = 0; i < 50; i++) {
    const std::vector<std::uint8_t> frame = randomFrame(random);
    const auto length = static_cast<std::uint32_t>(frame.size());
    EQUAL(program.passes(frame.data(), length),
          bpf_filter(compiled.bf_insns, frame.data(), length, length) != 0);
  }
}

}  // namespace

TEST("filter program: random programs agree with libpcap on random frames") {
  Random random(1);
  for (int i = 0; i < 10'000; i++) {
    std::vector<bpf_insn> instructions = randomProgram(random, 1 + below(random, 20));
    const bpf_program compiled{static_cast<u_int>(instructions.size()), instructions.data()};
    EQUAL(bpf_validate(compiled.bf_insns, static_cast<int>(compiled.bf_len)), 1);
    const auto program = FilterProgram::decode(compiled);
    EQUAL(program.has_value(), true);
    compare(compiled, *program, random);
  }
}

TEST("filter program: what libpcap compiles agrees with libpcap") {
  const std::unique_ptr<pcap_t, decltype(&pcap_close)> handle(pcap_open_dead(DLT_EN10MB, 65535),
                                                              &pcap_close);
  Random random(2);
  for (const char* expression :
       {"", "udp port 53", "tcp port 443 and src net 10.0.0.0/16", "ip6 and not icmp6",
        "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", "ether broadcast", "host 10.0.0.1 or arp",
        "portrange 20-60", "vlan 17 and udp"}) {
    bpf_program compiled{};
    EQUAL(pcap_compile(handle.get(), &compiled, expression, 1, PCAP_NETMASK_UNKNOWN), 0);
    const auto program = FilterProgram::decode(compiled);
    EQUAL(program.has_value(), true);
    compare(compiled, *program, random);
    pcap_freecode(&compiled);
  }
}

TEST("filter program: others are left to libpcap") {
  bpf_insn arithmetic[] = {BPF_STMT(BPF_LD | BPF_W | BPF_LEN, 0), BPF_STMT(BPF_RET | BPF_A, 0)};
  bpf_insn endless[] = {BPF_STMT(BPF_LD | BPF_B | BPF_ABS, 0)};
  bpf_insn outside[] = {BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 1), BPF_STMT(BPF_RET | BPF_K, 0)};
  EQUAL(FilterProgram::decode({2, arithmetic}).has_value(), false);
  EQUAL(FilterProgram::decode({1, endless}).has_value(), false);
  EQUAL(FilterProgram::decode({2, outside}).has_value(), false);
  EQUAL(FilterProgram::decode({0, nullptr}).has_value(), false);
}
