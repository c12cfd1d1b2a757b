// A netmap device for measuring readers alone: one monitor ring that every poll finds full of the
// same frames. It costs next to nothing, so what is measured is the reader.
#pragma once

#include <cstddef>
#include <cstdint>

#include "netmap/abi.h"
#include "netmap/sys.h"

namespace nmcap::bench {

class Treadmill final : public NetmapSys {
 public:
  // `frameLength`: bytes without FCS, one slot each. Every hundredth frame is UDP to port 53, the
  // others to port 9; every other one is a sent one.
  Treadmill(std::uint32_t slots, std::uint32_t frameLength);

  int open() override;
  int ioctl(int fd, unsigned long request, void* argument) override;
  void* mmap(int fd, std::size_t length) override;
  int poll(pollfd* fds, nfds_t count, int timeoutMs) override;
  int close(int fd) override;

 private:
  void writeFrame(std::uint8_t* at, std::uint32_t index) const;

  const std::uint32_t slots_;
  const std::uint32_t frameLength_;
  abi::Ring* ring_ = nullptr;
};

}  // namespace nmcap::bench
