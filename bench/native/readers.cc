#include "readers.h"

#include <condition_variable>
#include <cstdint>
#include <cstring>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "capture/drain.h"
#include "filter/link_type.h"

namespace nmcap::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPollTimeoutMs = 100;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Sums of all rings and directions.
struct Totals {
  std::uint64_t seen = 0;
  std::uint64_t discarded = 0;
};

Totals totals(const Drain& drain) {
  Totals sums;
  for (const RingCounters& ring : drain.counters()) {
    for (const WayCounters& way : ring.ways) {
      sums.seen += way.seen;
      sums.discarded += way.discarded;
    }
  }
  return sums;
}

// Wakes the thread that empties the batches.
class News {
 public:
  void tell() {
    {
      const std::lock_guard lock(mutex_);
      any_ = true;
    }
    ready_.notify_one();
  }
  // False when the time came first.
  bool wait(Clock::time_point until) {
    std::unique_lock lock(mutex_);
    const bool any = ready_.wait_until(lock, until, [this] { return any_; });
    any_ = false;
    return any;
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  bool any_ = false;
};

}  // namespace

Reading readPlainly(Port& port, std::chrono::nanoseconds time) {
  const DrainOptions drain;
  std::vector<std::uint8_t> pool(drain.batchCount * drain.batchSize);
  std::size_t at = 0;
  std::uint64_t frames = 0;
  pollfd fd{port.descriptor(), POLLIN, 0};
  const auto start = Clock::now();
  const auto end = start + time;
  while (Clock::now() < end) {
    port.sys().poll(&fd, 1, kPollTimeoutMs);
    for (Ring& ring : port.rxRings()) {
      const std::uint32_t tail = ring.tail();
      std::uint32_t slot = ring.head();
      for (; slot != tail; slot = ring.next(slot)) {
        const Ring::Piece piece = ring.piece(slot);
        if (at + piece.length > pool.size()) at = 0;
        std::memcpy(pool.data() + at, piece.data, piece.length);
        at += piece.length;
        frames++;
      }
      ring.release(slot);
    }
  }
  return {secondsSince(start), frames, 0};
}

Reading readByDrain(const std::vector<Port*>& ports, std::chrono::nanoseconds time,
                    const char* filter) {
  News news;
  std::unique_ptr<PacketFilter> compiled;
  if (filter != nullptr) compiled = std::make_unique<PacketFilter>(filter, kLinkTypeEthernet);
  Drain drain({}, std::move(compiled), [&news] { news.tell(); });
  drain.setPorts(ports);
  const auto start = Clock::now();
  drain.start();
  while (Clock::now() < start + time) {
    news.wait(start + time);
    while (const auto batch = drain.take()) drain.release(batch->index);
  }
  const Totals sums = totals(drain);
  const Reading reading{secondsSince(start), sums.seen, sums.discarded};
  drain.close();
  return reading;
}

}  // namespace nmcap::bench
