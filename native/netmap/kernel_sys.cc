#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "netmap/sys.h"

namespace nmcap {
namespace {

class KernelSys final : public NetmapSys {
 public:
  int open() override { return ::open("/dev/netmap", O_RDWR | O_CLOEXEC); }
  int ioctl(int fd, unsigned long request, void* argument) override {
    return ::ioctl(fd, request, argument);
  }
  void* mmap(int fd, std::size_t length) override {
    return ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  }
  int poll(pollfd* fds, nfds_t count, int timeoutMs) override {
    return ::poll(fds, count, timeoutMs);
  }
  int close(int fd) override { return ::close(fd); }
};

}  // namespace

NetmapSys& kernelSys() {
  static KernelSys sys;
  return sys;
}

}  // namespace nmcap
