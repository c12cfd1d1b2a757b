#include "treadmill.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace nmcap::bench {
namespace {

constexpr std::uint32_t kBufferSize = 2048;
constexpr std::size_t kPage = 4096;
// The netmap_if with its three ring offsets takes less.
constexpr std::size_t kRingOffset = 256;

std::size_t bufferOffset(std::uint32_t slots) {
  const std::size_t end = kRingOffset + sizeof(abi::Ring) + slots * sizeof(abi::Slot);
  return (end + kPage - 1) / kPage * kPage;
}

}  // namespace

Treadmill::Treadmill(std::uint32_t slots, std::uint32_t frameLength)
    : slots_(slots), frameLength_(frameLength) {}

int Treadmill::open() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

int Treadmill::close(int fd) { return ::close(fd); }

int Treadmill::ioctl(int, unsigned long request, void* argument) {
  if (request != abi::kControl) return 0;
  auto* const header = static_cast<abi::RequestHeader*>(argument);
  auto* const body = reinterpret_cast<abi::RegisterRequest*>(header->body);
  body->offset = 0;
  body->memsize = bufferOffset(slots_) + std::size_t{slots_} * kBufferSize;
  body->rx_slots = slots_;
  body->rx_rings = 1;
  return 0;
}

void* Treadmill::mmap(int, std::size_t length) {
  void* const place =
      ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (place == MAP_FAILED) return place;
  auto* const bytes = static_cast<std::uint8_t*>(place);
  auto* const interface = reinterpret_cast<abi::Interface*>(bytes);
  // After that of the fake host tx ring, which every port has.
  interface->ringOffsets()[1] = kRingOffset;
  ring_ = reinterpret_cast<abi::Ring*>(bytes + kRingOffset);
  ring_->buf_ofs = static_cast<std::int64_t>(bufferOffset(slots_) - kRingOffset);
  ring_->num_slots = slots_;
  ring_->buf_size = kBufferSize;
  for (std::uint32_t i = 0; i < slots_; i++) {
    abi::Slot& slot = ring_->slots()[i];
    slot.buf_idx = i;
    slot.len = static_cast<std::uint16_t>(frameLength_);
    slot.flags = i % 2 == 0 ? 0 : abi::kSlotTxMonitor;
    writeFrame(bytes + bufferOffset(slots_) + std::size_t{i} * kBufferSize, i);
  }
  return place;
}

// Ethernet, IPv4, UDP.
void Treadmill::writeFrame(std::uint8_t* at, std::uint32_t index) const {
  const std::uint8_t head[] = {2,  0, 0, 0, 0, 1,  2,  0, 0, 0,   0, 2, 8, 0,   0x45, 0, 0,
                               46, 0, 0, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 192, 0,    2, 2};
  std::memcpy(at, head, sizeof head);
  at[34] = 0xc0;
  at[37] = index % 100 == 0 ? 53 : 9;
}

// A reader's other descriptors, such as its stop pipe, are never ready: it has to look elsewhere.
int Treadmill::poll(pollfd* fds, nfds_t, int) {
  fds[0].revents = POLLIN;
  ring_->tail = ring_->head == 0 ? slots_ - 1 : ring_->head - 1;
  ring_->ts.tv_sec = 1'700'000'000;
  ring_->ts.tv_usec++;
  return 1;
}

}  // namespace nmcap::bench
