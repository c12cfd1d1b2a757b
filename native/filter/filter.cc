#include "filter/filter.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include "filter/optimizer.h"

namespace nmcap {
namespace {

// `ip broadcast` is then 0.0.0.0 and 255.255.255.255, as with tcpdump -r. Neither a netmap port nor
// a savefile has a netmask.
constexpr bpf_u_int32 kNoNetmask = 0;

}  // namespace

const char* pcapVersion() { return pcap_lib_version(); }

Filter::Filter(const std::string& expression, int linkType) {
  const std::unique_ptr<pcap_t, decltype(&pcap_close)> handle(
      pcap_open_dead(linkType, kMaxSnapshotLength), &pcap_close);
  if (!handle) throw FilterError("libpcap could not be initialised");
  const bool optimize = optimizerIsSafe(handle.get(), expression, kNoNetmask);
  if (pcap_compile(handle.get(), &compiled_, expression.c_str(), optimize ? 1 : 0, kNoNetmask) !=
      0) {
    const char* const words = pcap_geterr(handle.get());
    if (std::strcmp(words, FilterRejectsAll::kWords) == 0) throw FilterRejectsAll();
    throw FilterError(words);
  }
  program_ = FilterProgram::decode(compiled_);
  loops_ = loops(compiled_);
}

bool Filter::passesBounded(const std::uint8_t* frame, std::uint32_t captured,
                           std::uint32_t length) const {
  const Verdict verdict = runBounded(compiled_, frame, captured, length);
  if (verdict == Verdict::kOverruns) overruns_++;
  return verdict == Verdict::kPasses;
}

bool Filter::asksTheKernel() const {
  return std::any_of(compiled_.bf_insns, compiled_.bf_insns + compiled_.bf_len,
                     [](const bpf_insn& instruction) {
                       return BPF_CLASS(instruction.code) == BPF_LD &&
                              BPF_MODE(instruction.code) == BPF_ABS && instruction.k > INT32_MAX;
                     });
}

std::string Filter::describe() const {
  std::string text;
  for (u_int i = 0; i < compiled_.bf_len; i++) {
    text += bpf_image(&compiled_.bf_insns[i], static_cast<int>(i));
    text += '\n';
  }
  return text;
}

}  // namespace nmcap
