// Memory that whoever shares it has tampered with: no number in it is believed.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <functional>
#include <limits>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "capture/drain.h"
#include "check.h"
#include "netmap/port.h"

using nmcap::Drain;
using nmcap::Port;
namespace abi = nmcap::abi;

namespace {

constexpr std::size_t kPage = 4096;
constexpr std::uint32_t kSlots = 8;
constexpr std::uint32_t kBufferSize = 2048;
constexpr std::size_t kInterface = kPage;
constexpr std::size_t kRings[] = {0, 2 * kPage};
constexpr std::size_t kBuffers = 3 * kPage;
constexpr std::size_t kSize = kBuffers + kSlots * kBufferSize;

// A monitor with two rx rings, one of which lies before the netmap_if: REGISTER's answer is the
// kernel's, the memory is what `tamper` makes of it.
class TamperedDevice final : public nmcap::NetmapSys {
 public:
  explicit TamperedDevice(std::function<void(std::uint8_t*)> tamper) : tamper_(std::move(tamper)) {}

  int open() override { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }
  int ioctl(int, unsigned long request, void* argument) override {
    if (request != abi::kControl) return 0;
    auto* const header = static_cast<abi::RequestHeader*>(argument);
    auto* const body = reinterpret_cast<abi::RegisterRequest*>(header->body);
    body->offset = kInterface;
    body->memsize = kSize;
    body->tx_rings = 1;
    body->rx_rings = 2;
    return 0;
  }
  void* mmap(int, std::size_t length) override {
    void* const place =
        ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    auto* const region = static_cast<std::uint8_t*>(place);
    auto* const interface = reinterpret_cast<abi::Interface*>(region + kInterface);
    interface->tx_rings = 1;
    interface->host_tx_rings = 1;
    interface->rx_rings = 2;
    interface->host_rx_rings = 1;
    for (std::size_t i = 0; i < 2; i++) {
      offsets(region)[2 + i] =
          static_cast<std::int64_t>(kRings[i]) - static_cast<std::int64_t>(kInterface);
      abi::Ring& made = ring(region, i);
      made.num_slots = kSlots;
      made.buf_size = kBufferSize;
      made.buf_ofs = static_cast<std::int64_t>(kBuffers - kRings[i]);
      made.tail = 1;
      made.slots()[0].len = 60;
    }
    tamper_(region);
    return place;
  }
  int poll(pollfd* fds, nfds_t count, int timeoutMs) override {
    fds[0].revents = POLLIN;
    return ::poll(fds + 1, count - 1, timeoutMs < 1 ? timeoutMs : 1) + 1;
  }
  int close(int fd) override { return ::close(fd); }

  static std::int64_t* offsets(std::uint8_t* region) {
    return reinterpret_cast<abi::Interface*>(region + kInterface)->ringOffsets();
  }
  static abi::Ring& ring(std::uint8_t* region, std::size_t index) {
    return *reinterpret_cast<abi::Ring*>(region + kRings[index]);
  }

 private:
  const std::function<void(std::uint8_t*)> tamper_;
};

nmcap::PortRequest monitor() {
  nmcap::PortRequest request;
  request.name = "em0";
  return request;
}

// What the port says to memory that was tampered with; empty: it takes it.
std::string refusal(std::function<void(std::uint8_t*)> tamper) {
  TamperedDevice device(std::move(tamper));
  try {
    Port port(device, monitor());
    EQUAL(port.rxRings().size(), 2u);
    EQUAL(port.txRings().size(), 0u);
    return "";
  } catch (const std::out_of_range& error) {
    return error.what();
  }
}

std::string refusalOfOffset(std::int64_t offset) {
  return refusal([offset](std::uint8_t* region) { TamperedDevice::offsets(region)[2] = offset; });
}

// The time of the first packet that a drain makes of a ring with this time stamp.
std::uint64_t packetTime(std::int64_t seconds, std::int64_t microseconds) {
  TamperedDevice device([&](std::uint8_t* region) {
    for (std::size_t i = 0; i < 2; i++) {
      TamperedDevice::ring(region, i).ts.tv_sec = seconds;
      TamperedDevice::ring(region, i).ts.tv_usec = microseconds;
    }
  });
  Port port(device, monitor());
  Drain drain({}, nullptr, [] {});
  drain.setPorts({&port});
  drain.requestStop();
  HOLDS(drain.start());
  while (drain.end() == Drain::End::kRunning)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  drain.close();
  const auto batch = drain.take();
  HOLDS(batch.has_value());
  EQUAL(batch->packets, 2u);
  std::uint32_t words[5];
  std::memcpy(words, drain.pool()->buffer(batch->index), sizeof words);
  return std::uint64_t{words[3]} << 32 | words[4];
}

std::uint64_t hostTime() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

}  // namespace

TEST("hostile memory: the number of rings is REGISTER's answer") {
  EQUAL(refusal([](std::uint8_t*) {}), "");
  for (const std::uint32_t count : {0u, 1u, 1000u, 8'000'000u, 0xffffffffu}) {
    EQUAL(refusal([count](std::uint8_t* region) {
            auto* const interface = reinterpret_cast<abi::Interface*>(region + kInterface);
            interface->tx_rings = interface->host_tx_rings = count;
            interface->rx_rings = interface->host_rx_rings = count;
          }),
          "");
  }
}

TEST("hostile memory: a ring at another's place is refused") {
  EQUAL(refusal([](std::uint8_t* region) {
          TamperedDevice::offsets(region)[3] = TamperedDevice::offsets(region)[2];
        }),
        "two rings lie at the same place");
  EQUAL(refusal([](std::uint8_t* region) {
          TamperedDevice::offsets(region)[0] = TamperedDevice::offsets(region)[2];
        }),
        "two rings lie at the same place");
}

TEST("hostile memory: ring offsets of any size are checked") {
  constexpr auto kLowest = std::numeric_limits<std::int64_t>::min();
  constexpr auto kHighest = std::numeric_limits<std::int64_t>::max();
  const auto page = static_cast<std::int64_t>(kPage);
  for (const std::int64_t offset :
       {kLowest, kLowest + 1, kHighest, kHighest - page, -page - 1, std::int64_t{1},
        static_cast<std::int64_t>(kSize - kInterface), static_cast<std::int64_t>(kSize)}) {
    EQUAL(refusalOfOffset(offset), "a ring lies outside of the mapped memory");
  }
}

TEST("hostile memory: times that are none become the host's") {
  EQUAL(packetTime(1'700'000'000, 999'999), 1'700'000'000'999'999u);
  constexpr auto kLowest = std::numeric_limits<std::int64_t>::min();
  constexpr auto kHighest = std::numeric_limits<std::int64_t>::max();
  for (const auto& [seconds, microseconds] :
       {std::pair{kHighest, std::int64_t{0}}, std::pair{kLowest, std::int64_t{0}},
        std::pair{std::int64_t{-1}, std::int64_t{0}}, std::pair{kHighest, kHighest},
        std::pair{std::int64_t{1}, std::int64_t{1'000'000}}, std::pair{std::int64_t{1}, kLowest},
        std::pair{kHighest / 1'000'000, std::int64_t{999'999}}}) {
    const std::uint64_t before = hostTime();
    const std::uint64_t time = packetTime(seconds, microseconds);
    HOLDS(time >= before && time <= hostTime());
  }
}
