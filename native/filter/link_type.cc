#include "filter/link_type.h"

#include <pcap/dlt.h>

namespace nmcap {
namespace {

struct Mapping {
  std::uint32_t linkType;
  int dlt;
};

// Where the two differ on some platform (linktype_to_dlt() in libpcap's pcap-common.c, which does
// not export it). All others are the same number.
constexpr Mapping kMappings[] = {
    {50, DLT_PPP_SERIAL},
    {51, DLT_PPP_ETHER},
    {100, DLT_ATM_RFC1483},
    {101, DLT_RAW},
    {102, DLT_SLIP_BSDOS},
    {103, DLT_PPP_BSDOS},
    {104, DLT_C_HDLC},
    {106, DLT_ATM_CLIP},
    {107, DLT_FRELAY},
    {108, DLT_LOOP},
    {109, DLT_ENC},
    {246, DLT_PFSYNC},
    {258, DLT_PKTAP},
    // Raw IP in files of programs that wrote the DLT_ number: that of OpenBSD, and of all others.
    {14, DLT_RAW},
    {12, DLT_RAW},
};

}  // namespace

int dltOf(std::uint32_t linkType) {
  for (const Mapping& mapping : kMappings) {
    if (mapping.linkType == linkType) return mapping.dlt;
  }
  return static_cast<int>(linkType);
}

}  // namespace nmcap
