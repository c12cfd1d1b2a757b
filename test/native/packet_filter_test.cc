// Expressions as they are run: with the direction, the link type and the address family of packets.
#include "filter/packet_filter.h"

#include <pcap/dlt.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "check.h"
#include "filter/expression.h"
#include "filter/link_type.h"

using nmcap::Direction;
using nmcap::FilterError;
using nmcap::FilterRejectsAll;
using nmcap::PacketFilter;
using Bytes = std::vector<std::uint8_t>;

namespace {

constexpr Direction kDirections[] = {Direction::kUnknown, Direction::kInbound,
                                     Direction::kOutbound};

// IPv4 and UDP from 10.0.0.1 port 1000 to 192.0.2.2 port 2000, without a link header.
const Bytes kIpv4 = {0x45, 0, 0,   28, 0, 1, 0, 0,    64, 17,   0, 0, 10, 0,
                     0,    1, 192, 0,  2, 2, 3, 0xe8, 7,  0xd0, 0, 8, 0,  0};

Bytes ipv6() {
  Bytes packet(48);
  packet[0] = 0x60;
  packet[5] = 8;
  packet[6] = 17;
  packet[42] = 7;
  packet[43] = 0xd0;
  return packet;
}

Bytes ethernet(const Bytes& payload) {
  Bytes frame = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0};
  frame.insert(frame.end(), payload.begin(), payload.end());
  return frame;
}

Bytes operator+(Bytes front, const Bytes& rest) {
  front.insert(front.end(), rest.begin(), rest.end());
  return front;
}

bool passes(const PacketFilter& filter, const Bytes& frame,
            Direction direction = Direction::kUnknown) {
  const auto length = static_cast<std::uint32_t>(frame.size());
  return filter.passes(frame.data(), length, length, direction);
}

// Whether it passes packets of unknown direction, inbound and outbound ones.
std::string passed(const std::string& expression, const Bytes& frame,
                   std::uint32_t linkType = nmcap::kLinkTypeEthernet) {
  const PacketFilter filter(expression, linkType);
  std::string text;
  for (const Direction direction : kDirections) {
    text += passes(filter, frame, direction) ? '1' : '0';
  }
  return text;
}

}  // namespace

TEST("packet filter: inbound and outbound are the direction, mixed with everything else") {
  const Bytes frame = ethernet(kIpv4);
  const std::array<std::array<const char*, 2>, 14> kCases = {{
      {"inbound", "010"},
      {"outbound", "001"},
      {"not inbound", "101"},
      {"not outbound", "110"},
      {"inbound or outbound", "011"},
      {"not (inbound or outbound)", "100"},
      {"udp and inbound", "010"},
      {"tcp or outbound", "001"},
      {"(src net 10/8 and outbound) or (dst net 10/8 and inbound)", "001"},
      {"(src net 10.0/8 and inbound) or (dst net 10.0/8 and outbound)", "010"},
      {"outbound&&udp||inbound", "011"},
      {"!inbound", "101"},
      {"udp", "111"},
      {"", "111"},
  }};
  for (const auto& [expression, expected] : kCases) {
    check::equal(passed(expression, frame), std::string(expected), expression, __FILE__, __LINE__);
  }
}

TEST("packet filter: the two words are replaced as whole words only") {
  const auto inbound = [](const char* text) {
    return nmcap::withDirection(text, Direction::kInbound);
  };
  EQUAL(inbound("inbound"), std::string("(0 = 0)"));
  EQUAL(inbound("(outbound)or inbound"), std::string("((0 = 1))or (0 = 0)"));
  for (const char* kept : {"host inbound.example", "host x-inbound", "host \\inbound", "inbounds",
                           "host inbound-1", "inbound1", "host a.outbound", ""}) {
    EQUAL(inbound(kept), std::string(kept));
    EQUAL(nmcap::asksForDirection(kept), false);
  }
  // Neither sign ends an identifier (scanner.l).
  EQUAL(inbound("inbound-"), std::string("(0 = 0)-"));
  EQUAL(nmcap::withDottedNets("net 10/8 and src net 172/12 or 10/8"),
        std::string("net 10.0/8 and src net 172.0/12 or 10/8"));
  EQUAL(nmcap::withDottedNets("ip[0]/4 = 10/8 and net 10.1/16"),
        std::string("ip[0]/4 = 10/8 and net 10.1/16"));
}

TEST("packet filter: what cannot be true is refused, and in one direction passes nothing") {
  EQUAL(passed("tcp and udp or inbound", ethernet(kIpv4)), std::string("010"));
  for (const char* expression :
       {"inbound and outbound", "tcp and udp", "outbound and tcp and udp"}) {
    bool refused = false;
    try {
      PacketFilter(expression, nmcap::kLinkTypeEthernet);
    } catch (const FilterRejectsAll&) {
      refused = true;
    }
    check::equal(refused, true, expression, __FILE__, __LINE__);
  }
}

TEST("packet filter: what only the kernel knows is refused") {
  for (const char* expression : {"ifindex 3", "inbound or ifindex 3", "link[0xfffff004:2] = 4",
                                 "ifname em0", "rnr 3", "action pass", "type mgt", "vpi 3"}) {
    bool refused = false;
    try {
      PacketFilter(expression, nmcap::kLinkTypeEthernet);
    } catch (const FilterError&) {
      refused = true;
    }
    check::equal(refused, true, expression, __FILE__, __LINE__);
  }
}

TEST("packet filter: a link header that has the direction says it where the file does not") {
  constexpr std::uint32_t kLinuxCooked = 113;
  Bytes cooked(16);
  cooked[14] = 8;
  EQUAL(passed("inbound", cooked + kIpv4, kLinuxCooked), std::string("110"));
  cooked[1] = 4;  // PACKET_OUTGOING
  EQUAL(passed("outbound and udp", cooked + kIpv4, kLinuxCooked), std::string("101"));
}

TEST("packet filter: link types of files are libpcap's where the numbers differ") {
  EQUAL(nmcap::dltOf(1), DLT_EN10MB);
  EQUAL(nmcap::dltOf(100), DLT_ATM_RFC1483);
  EQUAL(nmcap::dltOf(102), DLT_SLIP_BSDOS);
  EQUAL(nmcap::dltOf(103), DLT_PPP_BSDOS);
  EQUAL(nmcap::dltOf(106), DLT_ATM_CLIP);
  EQUAL(nmcap::dltOf(113), DLT_LINUX_SLL);
  EQUAL(nmcap::dltOf(276), DLT_LINUX_SLL2);
  for (const std::uint32_t raw : {12u, 14u, 101u}) {
    EQUAL(passed("udp port 2000", kIpv4, raw), std::string("111"));
    EQUAL(passed("ip6", kIpv4, raw), std::string("000"));
  }
}

TEST("packet filter: address families are those of any BSD, in either byte order") {
  struct Family {
    std::uint8_t number;
    const char* ip;
    const char* ip6;
  };
  constexpr Family kFamilies[] = {{2, "111", "000"},  {10, "000", "111"}, {24, "000", "111"},
                                  {28, "000", "111"}, {30, "000", "111"}, {7, "000", "000"}};
  for (const auto& [number, ip, ip6] : kFamilies) {
    const Bytes payload = number == 2 ? kIpv4 : ipv6();
    for (const std::uint32_t linkType : {nmcap::kLinkTypeNull, nmcap::kLinkTypeLoop}) {
      for (const Bytes& header : {Bytes{0, 0, 0, number}, Bytes{number, 0, 0, 0}}) {
        EQUAL(passed("ip", header + payload, linkType), std::string(ip));
        EQUAL(passed("ip6", header + payload, linkType), std::string(ip6));
        EQUAL(passed("udp port 2000", header + payload, linkType),
              std::string(number == 7 ? "000" : "111"));
      }
    }
    for (const Bytes& header : {Bytes{0, 0, 0, number}, Bytes{number, 0, 0, 0}}) {
      EQUAL(passed("ip6", header + Bytes(8) + payload, nmcap::kLinkTypeEnc), std::string(ip6));
    }
    Bytes pflog(64);
    pflog[0] = 61;
    pflog[1] = number;
    EQUAL(passed("ip6", pflog + payload, nmcap::kLinkTypePflog), std::string(ip6));
  }
  for (std::size_t length = 0; length < 4; length++) {
    EQUAL(passed("ip", Bytes(length), nmcap::kLinkTypeNull), std::string("000"));
  }
}

TEST("packet filter: ip broadcast is what it is without a netmask") {
  Bytes frame = ethernet(kIpv4);
  EQUAL(passed("ip broadcast", frame), std::string("000"));
  std::fill(frame.begin() + 30, frame.begin() + 34, std::uint8_t{255});
  EQUAL(passed("ip broadcast", frame), std::string("111"));
}

TEST("packet filter: describes what is run") {
  EQUAL(PacketFilter("inbound", nmcap::kLinkTypeEthernet).describe(),
        std::string("inbound:\n(000) ret      #262144\noutbound:\n(000) ret      #0\n"
                    "direction unknown:\n(000) ret      #0\n"));
  EQUAL(PacketFilter("len > 0", nmcap::kLinkTypeEthernet).asksForDirection(), false);
}
