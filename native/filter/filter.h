// pcap-filter(7) expressions, compiled by libpcap.
#pragma once

#include <pcap/pcap.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>

#include "filter/bounded_program.h"
#include "filter/filter_program.h"

namespace nmcap {

// Of the libpcap that is loaded, as pcap_lib_version(3) has it.
const char* pcapVersion();

// tcpdump's own limit, in bytes (MAXIMUM_SNAPLEN).
inline constexpr std::uint32_t kMaxSnapshotLength = 262144;

// what(): libpcap's own words.
class FilterError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The expression is sound, but no packet can pass it.
class FilterRejectsAll final : public FilterError {
 public:
  FilterRejectsAll() : FilterError(kWords) {}
  // libpcap's (pcap_compile() in gencode.c), which has no other sign of it.
  static constexpr const char* kWords = "expression rejects all packets";
};

class Filter {
 public:
  // `linkType`: DLT_ number. Throws FilterError.
  Filter(const std::string& expression, int linkType);
  ~Filter() { pcap_freecode(&compiled_); }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  // `captured` bytes of a frame that has `length`, without FCS.
  bool passes(const std::uint8_t* frame, std::uint32_t captured, std::uint32_t length) const {
    if (program_) return program_->passes(frame, captured);
    if (loops_) return passesBounded(frame, captured, length);
    return bpf_filter(compiled_.bf_insns, frame, length, captured) != 0;
  }

  // Whether it loads from where only the Linux kernel has something: libpcap compiles for that
  // kernel's own interpreter (SKF_AD_OFF and others of <linux/filter.h>, all of them negative).
  bool asksTheKernel() const;
  // Frames that took more than kMaxFilterSteps instructions, and so did not pass.
  std::uint64_t overruns() const { return overruns_; }

  // The compiled program as tcpdump -d prints it.
  std::string describe() const;

 private:
  bool passesBounded(const std::uint8_t* frame, std::uint32_t captured, std::uint32_t length) const;

  bpf_program compiled_{};
  std::optional<FilterProgram> program_;  // the same, where it is of the kind that runs faster
  bool loops_ = false;
  mutable std::uint64_t overruns_ = 0;
};

}  // namespace nmcap
