#pragma once

#include <cstdint>

namespace nmcap {

// LINKTYPE_ numbers (draft-ietf-opsawg-pcaplinktype) that filters treat specially.
inline constexpr std::uint32_t kLinkTypeNull = 0;
inline constexpr std::uint32_t kLinkTypeEthernet = 1;
inline constexpr std::uint32_t kLinkTypeLoop = 108;
inline constexpr std::uint32_t kLinkTypeEnc = 109;
inline constexpr std::uint32_t kLinkTypePflog = 117;

// The DLT_ number by which libpcap's compiler on this platform knows a LINKTYPE_ number of a file.
int dltOf(std::uint32_t linkType);

}  // namespace nmcap
