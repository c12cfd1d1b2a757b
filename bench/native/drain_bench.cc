// The drain thread against a plain loop that only copies frame bytes out of the same rings:
//
//   drain_bench FRAME-LENGTH [FILTER]      one line of JSON: frames a second of each
//
// One thread fills batches, another gives them back at once, as a capture without sinks would.
#include <sys/resource.h>

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <vector>

#include "../../native/drain.h"
#include "treadmill.h"

namespace {

using nmcap::bench::Treadmill;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kSlots = 1024;
constexpr std::uint64_t kFramesPerTurn = kSlots - 1;
constexpr std::size_t kBatchSize = 1 << 20;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

nmcap::PortRequest request() {
  nmcap::PortRequest request;
  request.name = "treadmill";
  return request;
}

// Frames a second of a loop that copies each frame's bytes, one behind the other, into a pool of
// buffers as large as the drain's.
double plainLoop(Treadmill& device, std::uint64_t turns) {
  nmcap::Port port(device, request());
  nmcap::Ring& ring = port.rxRings().front();
  std::vector<std::uint8_t> pool(32 * kBatchSize);
  std::size_t at = 0;
  device.turns(turns);
  pollfd fd{port.descriptor(), POLLIN, 0};
  const auto start = Clock::now();
  for (;;) {
    device.poll(&fd, 1, -1);
    if ((fd.revents & POLLERR) != 0) break;
    const std::uint32_t end = ring.tail();
    std::uint32_t slot = ring.head();
    for (; slot != end; slot = ring.next(slot)) {
      const nmcap::Ring::Piece piece = ring.piece(slot);
      if (at + piece.length > pool.size()) at = 0;
      std::memcpy(pool.data() + at, piece.data, piece.length);
      at += piece.length;
    }
    ring.release(slot);
  }
  return static_cast<double>(turns * kFramesPerTurn) / secondsSince(start);
}

double drain(Treadmill& device, std::uint64_t turns, const char* filter) {
  nmcap::Port port(device, request());
  std::mutex mutex;
  std::condition_variable ready;
  bool news = false;
  std::unique_ptr<nmcap::Filter> compiled;
  if (filter != nullptr) compiled = std::make_unique<nmcap::Filter>(filter, DLT_EN10MB);
  nmcap::Drain drain({&port}, {}, std::move(compiled), [&] {
    {
      const std::lock_guard lock(mutex);
      news = true;
    }
    ready.notify_one();
  });
  device.turns(turns);
  const auto start = Clock::now();
  drain.start();
  for (bool ended = false; !ended;) {
    {
      std::unique_lock lock(mutex);
      ready.wait(lock, [&] { return news; });
      news = false;
    }
    ended = drain.end() != nmcap::Drain::End::kRunning;
    while (const auto batch = drain.take()) drain.release(batch->index);
  }
  const double rate = static_cast<double>(turns * kFramesPerTurn) / secondsSince(start);
  const nmcap::RingCounters counters = drain.counters().front();
  std::uint64_t discarded = 0;
  for (const nmcap::WayCounters& way : counters.ways) discarded += way.discarded;
  if (discarded != 0) std::fprintf(stderr, "%llu discarded\n", (unsigned long long)discarded);
  return rate;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const auto length = static_cast<std::uint32_t>(std::atoi(argv[1]));
  const char* const filter = argc > 2 ? argv[2] : nullptr;
  Treadmill device(kSlots, length);
  // About a quarter of a second each.
  const std::uint64_t turns = 20'000 / (1 + length / 256);
  plainLoop(device, turns / 10);
  const double plain = plainLoop(device, turns);
  const double drained = drain(device, turns, filter);
  std::printf("{\"plain\":%.0f,\"drain\":%.0f,\"ratio\":%.3f}\n", plain, drained, drained / plain);
}
