// Filters that libpcap's optimizer gets wrong are compiled without it; others with it.
#include "filter/optimizer.h"

#include <cstdint>
#include <memory>
#include <vector>

#include "check.h"
#include "filter/filter.h"

namespace {

bool isSafe(const char* expression) {
  const std::unique_ptr<pcap_t, decltype(&pcap_close)> handle(pcap_open_dead(DLT_EN10MB, 65535),
                                                              &pcap_close);
  return nmcap::optimizerIsSafe(handle.get(), expression, PCAP_NETMASK_UNKNOWN);
}

// A UDP datagram over IPv4 whose data are this number.
std::vector<std::uint8_t> datagram(std::uint8_t number) {
  std::vector<std::uint8_t> frame(60);
  frame[12] = 0x08;
  frame[14] = 0x45;
  frame[23] = 17;
  frame[45] = number;
  return frame;
}

int countPassed(const char* expression) {
  const nmcap::Filter filter(expression, DLT_EN10MB);
  int count = 0;
  for (const std::uint8_t number : {0, 1}) {
    if (filter.passes(datagram(number).data(), 60, 60)) count++;
  }
  return count;
}

}  // namespace

TEST("optimizer: a mask of all bits is not taken to be always true") {
  for (const char* expression :
       {"udp[8:4] & 0xffffffff != 0", "0xffffffff & udp[8:4] != 0", "udp[8:4] & (0 - 1) != 0",
        "udp[8:4] & (0xffff0000 | 0xffff) != 0", "udp and udp[8:4] & 0xffffffff = 0",
        "not (udp[8:4] & 0xffffffff != 0)", "tcp or udp[8:4] & 0xffffffff != 0"}) {
    EQUAL(isSafe(expression), false);
    EQUAL(countPassed(expression), 1);
  }
}

TEST("optimizer: other filters keep it") {
  for (const char* expression :
       {"", "udp port 53", "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0", "udp[8:4] & 0xffff0000 != 0",
        "net 10.0.0.0/8", "host 255.255.255.255", "udp[8:4] = 0xffffffff", "not a filter",
        "tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)"}) {
    EQUAL(isSafe(expression), true);
  }
  EQUAL(countPassed("udp[8:4] & 0xff != 0"), 1);
}
