#include "filter/family.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <cstring>

#include "filter/link_type.h"

namespace nmcap {
namespace {

// AF_INET6 of Linux, of NetBSD and OpenBSD, of FreeBSD, and of Darwin. AF_INET is 2 everywhere.
bool isIpv6(std::uint32_t family) {
  return family == 10 || family == 24 || family == 28 || family == 30;
}

}  // namespace

std::optional<FamilyField> familyFieldOf(std::uint32_t linkType) {
  switch (linkType) {
    case kLinkTypeNull:
    case kLinkTypeLoop:
      return FamilyField{0, 4, true};
    case kLinkTypeEnc:
      return FamilyField{0, 4, false};
    case kLinkTypePflog:
      return FamilyField{1, 1, true};
    default:
      return std::nullopt;
  }
}

const std::uint8_t* withHostFamily(const FamilyField& field, const std::uint8_t* frame,
                                   std::uint32_t captured, std::vector<std::uint8_t>& scratch) {
  if (captured < field.offset + field.size) return frame;
  std::uint8_t bytes[4] = {};
  std::memcpy(bytes + 4 - field.size, frame + field.offset, field.size);
  std::uint32_t family = 0;
  std::memcpy(&family, bytes, sizeof family);
  family = ntohl(family);
  // As tcpdump: no family has so large a number (print-null.c).
  if (family > 0xffff) family = __builtin_bswap32(family);
  if (isIpv6(family)) family = AF_INET6;
  if (field.networkOrder) family = htonl(family);
  std::memcpy(bytes, &family, sizeof family);
  const std::uint8_t* const wanted = bytes + 4 - field.size;
  if (std::memcmp(wanted, frame + field.offset, field.size) == 0) return frame;
  scratch.assign(frame, frame + captured);
  std::memcpy(scratch.data() + field.offset, wanted, field.size);
  return scratch.data();
}

}  // namespace nmcap
