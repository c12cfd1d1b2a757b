// Selects packets of a batch by a filter, in place: what stays moves together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "filter.h"

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
  // Other blocks than packets stay. Throws FilterError, and std::out_of_range for blocks that do not
  // hold together.
  Result select(std::uint8_t* blocks, std::size_t length, bool swapped,
                const std::vector<int>& linkTypes, std::uint64_t limit);

 private:
  const Filter& filterFor(int linkType);

  const std::optional<std::string> expression_;
  std::map<int, Filter> filters_;
};

}  // namespace nmcap
