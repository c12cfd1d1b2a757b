#include "system/link.h"

#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef __linux__
#include <linux/ethtool.h>
#include <linux/sockios.h>
#else
#include <ifaddrs.h>
#include <net/if_dl.h>
#endif

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include "system/sys_error.h"

namespace nmcap {
namespace {

// A socket that only carries requests about interfaces.
class ControlSocket {
 public:
  ControlSocket() : fd_(::socket(AF_LOCAL, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    if (fd_ < 0) throw SysError("socket", "");
  }
  ~ControlSocket() { ::close(fd_); }
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

  bool ask(unsigned long request, ifreq& query) const { return ::ioctl(fd_, request, &query) == 0; }

 private:
  int fd_;
};

// `name` fits: it has been checked.
ifreq queryFor(const std::string& name) {
  ifreq query{};
  std::memcpy(query.ifr_name, name.data(), name.size());
  return query;
}

#ifdef __linux__

template <typename Answer>
bool askEthtool(const ControlSocket& socket, const std::string& name, Answer& answer) {
  ifreq query = queryFor(name);
  query.ifr_data = reinterpret_cast<char*>(&answer);
  return socket.ask(SIOCETHTOOL, query);
}

std::string driverOf(const ControlSocket& socket, const std::string& name) {
  ethtool_drvinfo info{};
  info.cmd = ETHTOOL_GDRVINFO;
  if (!askEthtool(socket, name, info)) return "";
  return {info.driver, ::strnlen(info.driver, sizeof info.driver)};
}

std::optional<std::uint64_t> speedOf(const ControlSocket& socket, const std::string& name) {
  ethtool_cmd settings{};
  settings.cmd = ETHTOOL_GSET;
  if (!askEthtool(socket, name, settings)) return std::nullopt;
  const std::uint32_t megabits = ethtool_cmd_speed(&settings);
  if (megabits == 0 || megabits == static_cast<std::uint32_t>(SPEED_UNKNOWN)) return std::nullopt;
  return std::uint64_t{megabits} * 1'000'000;
}

std::uint32_t ethtoolValue(const ControlSocket& socket, const std::string& name,
                           std::uint32_t command) {
  ethtool_value value{};
  value.cmd = command;
  return askEthtool(socket, name, value) ? value.data : 0;
}

std::vector<std::string> offloadsOf(const ControlSocket& socket, const std::string& name) {
  constexpr std::pair<std::uint32_t, const char*> kCommands[] = {
      {ETHTOOL_GRXCSUM, "rx"}, {ETHTOOL_GTXCSUM, "tx"}, {ETHTOOL_GTSO, "tso"},
      {ETHTOOL_GGSO, "gso"},   {ETHTOOL_GGRO, "gro"},
  };
  constexpr std::pair<std::uint32_t, const char*> kFlags[] = {
      {ETH_FLAG_LRO, "lro"}, {ETH_FLAG_RXVLAN, "rxvlan"}, {ETH_FLAG_TXVLAN, "txvlan"}};
  std::vector<std::string> on;
  for (const auto& [command, offload] : kCommands) {
    if (ethtoolValue(socket, name, command) != 0) on.emplace_back(offload);
  }
  const std::uint32_t flags = ethtoolValue(socket, name, ETHTOOL_GFLAGS);
  for (const auto& [flag, offload] : kFlags) {
    if ((flags & flag) != 0) on.emplace_back(offload);
  }
  return on;
}

#else

std::string driverOf(const ControlSocket&, const std::string&) { return ""; }

std::optional<std::uint64_t> speedOf(const ControlSocket&, const std::string& name) {
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return std::nullopt;
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner(list, &::freeifaddrs);
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_addr == nullptr || entry->ifa_addr->sa_family != AF_LINK) continue;
    if (name != entry->ifa_name || entry->ifa_data == nullptr) continue;
    const auto rate = static_cast<const if_data*>(entry->ifa_data)->ifi_baudrate;
    if (rate > 0) return rate;
  }
  return std::nullopt;
}

std::vector<std::string> offloadsOf(const ControlSocket& socket, const std::string& name) {
  constexpr std::pair<int, const char*> kCapabilities[] = {
      {IFCAP_RXCSUM, "rxcsum"},
      {IFCAP_RXCSUM_IPV6, "rxcsum6"},
      {IFCAP_TXCSUM, "txcsum"},
      {IFCAP_TXCSUM_IPV6, "txcsum6"},
      {IFCAP_TSO, "tso"},
      {IFCAP_LRO, "lro"},
      {IFCAP_VLAN_HWTAGGING, "vlanhwtag"},
      {IFCAP_VLAN_HWFILTER, "vlanhwfilter"},
  };
  ifreq query = queryFor(name);
  std::vector<std::string> on;
  if (!socket.ask(SIOCGIFCAP, query)) return on;
  for (const auto& [capability, offload] : kCapabilities) {
    if ((query.ifr_curcap & capability) != 0) on.emplace_back(offload);
  }
  return on;
}

#endif

}  // namespace

std::optional<Link> findLink(const std::string& name) {
  if (name.empty() || name.size() >= IFNAMSIZ) return std::nullopt;
  const ControlSocket socket;
  ifreq query = queryFor(name);
  if (!socket.ask(SIOCGIFMTU, query)) {
    if (errno == ENODEV || errno == ENXIO) return std::nullopt;
    throw SysError("SIOCGIFMTU", name);
  }
  Link link;
  link.mtu = static_cast<std::uint32_t>(std::max(0, query.ifr_mtu));
  link.driver = driverOf(socket, name);
  link.bitsPerSecond = speedOf(socket, name);
  link.offloads = offloadsOf(socket, name);
  return link;
}

}  // namespace nmcap
