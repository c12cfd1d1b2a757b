// A pcap-filter(7) expression as it is run on the packets of one link type, whose directions are
// known.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "filter/direction.h"
#include "filter/family.h"
#include "filter/filter.h"

namespace nmcap {

class PacketFilter {
 public:
  // `linkType`: LINKTYPE_ number. Throws FilterError.
  PacketFilter(const std::string& expression, std::uint32_t linkType);

  // Whether passes() wants to know the direction.
  bool asksForDirection() const { return asksForDirection_; }

  // `captured` bytes of a frame that has `length`, without FCS. Not for several threads at a time.
  bool passes(const std::uint8_t* frame, std::uint32_t captured, std::uint32_t length,
              Direction direction) const {
    const Filter* const filter = filters_[static_cast<std::size_t>(direction)].get();
    if (filter == nullptr) return false;
    if (family_) return passesWithHostFamily(*filter, frame, captured, length);
    return filter->passes(frame, captured, length);
  }

  // Frames on which it gave up, in all directions (Filter::overruns()).
  std::uint64_t overruns() const;

  // The compiled program as tcpdump -d prints it; where it depends on the direction, each of them.
  std::string describe() const;

 private:
  // Kept out of passes(), which every frame goes through.
  bool passesWithHostFamily(const Filter& filter, const std::uint8_t* frame, std::uint32_t captured,
                            std::uint32_t length) const;

  const bool asksForDirection_;
  const std::optional<FamilyField> family_;
  // By direction; null where none of these packets can pass. One and the same program where the
  // expression does not ask for the direction.
  std::array<std::shared_ptr<const Filter>, 3> filters_;
  mutable std::vector<std::uint8_t> scratch_;
};

}  // namespace nmcap
