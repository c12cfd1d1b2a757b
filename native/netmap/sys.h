// The five system calls that netmap is used through, as a table, so that everything above it works
// alike on the kernel's device and on the simulated one.
#pragma once

#include <poll.h>

#include <cstddef>

namespace nmcap {

// Each call answers as its namesake in libc does: -1 (mmap: MAP_FAILED) and errno on failure.
// A mapping is undone with munmap(2) on every implementation.
class NetmapSys {
 public:
  virtual ~NetmapSys() = default;

  // A new descriptor of the netmap device, close-on-exec, bound to no port yet.
  virtual int open() = 0;
  // kControl (argument: abi::RequestHeader*), kRxSync and kTxSync (argument: nullptr).
  virtual int ioctl(int fd, unsigned long request, void* argument) = 0;
  // The first `length` bytes of the memory of the port that `fd` is registered to, shared and
  // writable.
  virtual void* mmap(int fd, std::size_t length) = 0;
  // `fds` may mix netmap descriptors with ordinary ones.
  virtual int poll(pollfd* fds, nfds_t count, int timeoutMs) = 0;
  virtual int close(int fd) = 0;
};

// /dev/netmap.
NetmapSys& kernelSys();

}  // namespace nmcap
