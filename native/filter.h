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

  // `captured` bytes of a frame that has `length`, without FCS.
  bool passes(const std::uint8_t* frame, std::uint32_t captured, std::uint32_t length) const {
    pcap_pkthdr header{};
    header.caplen = captured;
    header.len = length;
    return pcap_offline_filter(&program_, &header, frame) != 0;
  }

  // The compiled program as tcpdump -d prints it.
  std::string describe() const;

 private:
  bpf_program program_{};
};

}  // namespace nmcap
