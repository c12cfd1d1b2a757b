// Selects packets by a filter: of a batch, in place, so that what stays moves together; of a pcap
// file, while it becomes one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "filter/filter.h"
#include "savefile/pcap_records.h"

namespace nmcap {

class Selection {
 public:
  struct Result {
    std::size_t length;     // bytes that stay
    std::uint32_t packets;  // packets among them
  };

  // Without an expression every packet passes. Compiled for a link type when it first occurs.
  explicit Selection(std::optional<std::string> expression) : expression_(std::move(expression)) {}

  // `blocks`: whole pcapng blocks, in the other byte order than the host's where `swapped`.
  // `linkTypes`: by interface id. Of what passes, packets behind the first `limit` go as well.
  // Other blocks than packets stay. Throws FilterError, and std::out_of_range for blocks that do
  // not hold together.
  Result select(std::uint8_t* blocks, std::size_t length, bool swapped,
                const std::vector<int>& linkTypes, std::uint64_t limit);

  // As convertRecords(), of a file of that link type. Throws FilterError too.
  PcapConversion convert(const std::uint8_t* records, std::size_t length, std::uint8_t* out,
                         std::size_t space, const PcapFile& file, int linkType,
                         std::uint64_t limit);

 private:
  const Filter& filterFor(int linkType);

  const std::optional<std::string> expression_;
  std::map<int, Filter> filters_;
};

}  // namespace nmcap
