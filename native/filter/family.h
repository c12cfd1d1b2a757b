// BSD's link headers that name an address family: LINKTYPE_NULL, LOOP, ENC and PFLOG. The number
// for IPv6 differs between systems, and except for LOOP it is in the byte order of the machine that
// captured. libpcap compiles filters for this machine's number and order, so frames get those
// first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace nmcap {

struct FamilyField {
  std::size_t offset;
  std::size_t size;   // bytes: 1 or 4
  bool networkOrder;  // as the compiler expects it; otherwise this machine's
};

// Of a LINKTYPE_ number; nothing where its header names no family.
std::optional<FamilyField> familyFieldOf(std::uint32_t linkType);

// The frame with its family as the compiler expects it: as it is, or a copy in `scratch`.
const std::uint8_t* withHostFamily(const FamilyField& field, const std::uint8_t* frame,
                                   std::uint32_t captured, std::vector<std::uint8_t>& scratch);

}  // namespace nmcap
