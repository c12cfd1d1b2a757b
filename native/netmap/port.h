// A registration on a netmap port: the descriptor, the mapped memory and the rings that are bound
// to it. Monitors and applications are registered alike; the caller's flags select which.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "netmap/abi.h"
#include "netmap/ring.h"
#include "netmap/sys.h"

namespace nmcap {

// NIOCCTRL's REGISTER, without what only the kernel fills in. Zeros ask for the kernel's defaults.
struct PortRequest {
  std::string name;  // as the kernel takes it, 63 bytes at most
  std::uint32_t mode = abi::kModeAllNic;
  std::uint16_t ringId = 0;
  std::uint64_t flags = 0;
  std::uint16_t memoryId = 0;
  std::uint32_t txSlots = 0;
  std::uint32_t rxSlots = 0;
  std::uint16_t txRings = 0;
  std::uint16_t rxRings = 0;
  std::uint16_t hostTxRings = 0;
  std::uint16_t hostRxRings = 0;
};

// NIOCCTRL's PORT_INFO_GET, for any port, in netmap mode or not. Throws SysError ("PORT_INFO_GET").
abi::PortInfoRequest portInfo(NetmapSys& sys, const std::string& name);

struct ValePortEntry {
  // SWITCH:PORT; of a persistent port that has been opened, the interface's name alone
  // (netmap.c, netmap_update_config).
  std::string name;
  std::uint16_t switchIndex;
};

// NIOCCTRL's VALE_LIST: the ports of all VALE switches, those of a switch together. Throws SysError
// ("open" or "VALE_LIST"; EINVAL from a module that was built without VALE).
std::vector<ValePortEntry> valePorts(NetmapSys& sys);
// The index of the switch of that name, without its colon; none where there is no such switch.
// Throws SysError as valePorts() does.
std::optional<std::uint16_t> valeSwitchIndex(NetmapSys& sys, const std::string& name);

// An open descriptor of `sys`; undone by close().
class Descriptor {
 public:
  explicit Descriptor(NetmapSys& sys, const std::string& port);
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void close();
  int get() const { return fd_; }

 private:
  NetmapSys& sys_;
  int fd_;
};

// The memory of a registered port; undone by unmap().
class Mapping {
 public:
  Mapping(NetmapSys& sys, int fd, std::size_t size, const std::string& port);
  ~Mapping() { unmap(); }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  void unmap();
  std::uint8_t* data() const { return data_; }
  std::size_t size() const { return size_; }

 private:
  std::uint8_t* data_;
  std::size_t size_;
};

class Port {
 public:
  // Opens, registers and maps. Throws SysError, whose call() is "open", "REGISTER" or "mmap", and
  // std::out_of_range when the memory is not laid out as the interface promises.
  Port(NetmapSys& sys, const PortRequest& request);
  ~Port() { close(); }
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;

  // Undoes the three steps, last first. The rings are gone afterwards; a second call does nothing.
  void close();

  bool isOpen() const { return descriptor_.get() >= 0; }
  NetmapSys& sys() const { return sys_; }
  const std::string& name() const { return name_; }
  int descriptor() const { return descriptor_.get(); }
  // What the kernel granted.
  const abi::RegisterRequest& granted() const { return granted_; }
  // netmap_if's name: of a monitor, its parent's, followed by the kind and a number.
  const std::string& interfaceName() const { return interfaceName_; }

  std::vector<Ring>& rxRings() { return rxRings_; }
  std::vector<Ring>& txRings() { return txRings_; }

  // Never sleep: fetch what is there, hand over what was released. False and errno on failure.
  bool rxSync() { return sys_.ioctl(descriptor(), abi::kRxSync, nullptr) == 0; }
  bool txSync() { return sys_.ioctl(descriptor(), abi::kTxSync, nullptr) == 0; }

 private:
  NetmapSys& sys_;
  std::string name_;
  Descriptor descriptor_;
  abi::RegisterRequest granted_;
  Mapping mapping_;
  std::string interfaceName_;
  std::vector<Ring> rxRings_;
  std::vector<Ring> txRings_;
};

}  // namespace nmcap
