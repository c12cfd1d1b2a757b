// pcap-filter(7) expressions, compiled and run by libpcap.
#pragma once

#include <pcap/pcap.h>

#include <cstdint>
#include <stdexcept>
#include <string>

namespace nmcap {

// what(): libpcap's own words.
class FilterError final : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Filter {
 public:
  // `linkType`: DLT_ number. Throws FilterError.
  Filter(const std::string& expression, int linkType);
  ~Filter() { pcap_freecode(&program_); }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  // `length` bytes of a whole frame, without FCS.
  bool passes(const std::uint8_t* frame, std::uint32_t length) const {
    pcap_pkthdr header{};
    header.caplen = length;
    header.len = length;
    return pcap_offline_filter(&program_, &header, frame) != 0;
  }

 private:
  bpf_program program_{};
};

}  // namespace nmcap
