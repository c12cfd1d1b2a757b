#include "filter/filter.h"

#include <memory>

namespace nmcap {
namespace {

// tcpdump's own limit. It only becomes the program's "accept" value: nmcap cuts frames itself.
constexpr int kSnapshotLength = 262144;

}  // namespace

Filter::Filter(const std::string& expression, int linkType) {
  const std::unique_ptr<pcap_t, decltype(&pcap_close)> handle(
      pcap_open_dead(linkType, kSnapshotLength), &pcap_close);
  if (!handle) throw FilterError("libpcap could not be initialised");
  if (pcap_compile(handle.get(), &compiled_, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) {
    throw FilterError(pcap_geterr(handle.get()));
  }
  program_ = FilterProgram::decode(compiled_);
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
