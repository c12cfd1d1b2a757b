// What the system knows of a network interface's hardware.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nmcap {

struct Link {
  std::uint32_t mtu = 0;  // bytes, without the link-layer header
  // Linux only; empty where the driver does not say.
  std::string driver;
  // Of one direction; none where it is not known, as while the link is down.
  std::optional<std::uint64_t> bitsPerSecond;
  // Offloads that are switched on, as ethtool -K (FreeBSD: ifconfig) spells them.
  std::vector<std::string> offloads;
};

// Nothing where there is no such interface. Throws SysError ("socket", "SIOCGIFMTU").
std::optional<Link> findLink(const std::string& name);

}  // namespace nmcap
