// The simulated /dev/netmap: the five system calls on ports that live in this process.
#pragma once

#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "netmap/abi.h"
#include "netmap/sys.h"
#include "sim/file.h"
#include "sim/ports.h"

namespace nmcap::sim {

// Any thread may call anything at any time. Outlives its descriptors.
class Device final : public NetmapSys {
 public:
  // Puts a NIC into the simulated system. Throws SysError ("addNic": EEXIST, EINVAL, ENOMEM).
  void addNic(const NicConfig& config);
  // Lays a wire between two NICs. Throws SysError ("connect", ENXIO).
  void connect(const std::string& one, const std::string& two);
  // Throws SysError ("nic", ENXIO).
  std::shared_ptr<Nic> nic(const std::string& name) const;

  // What the rings of a monitor's descriptor had no room for; no kernel reports it.
  std::vector<RingLoss> losses(int fd) const;

  int open() override;
  int ioctl(int fd, unsigned long request, void* argument) override;
  void* mmap(int fd, std::size_t length) override;
  int poll(pollfd* fds, nfds_t count, int timeoutMs) override;
  int close(int fd) override;

 private:
  // Null when `fd` is not one of this device's.
  std::shared_ptr<File> file(int fd) const;
  void control(File& file, abi::RequestHeader& header);
  void registerPort(File& file, const std::string& name, abi::RegisterRequest& request);
  void portInfo(const std::string& name, abi::PortInfoRequest& request);

  // The kernel's global lock (NMG_LOCK): registrations and names. Frames move without it.
  mutable std::mutex lock_;
  Ports ports_;

  mutable std::shared_mutex filesLock_;
  std::unordered_map<int, std::shared_ptr<File>> files_;
};

}  // namespace nmcap::sim
