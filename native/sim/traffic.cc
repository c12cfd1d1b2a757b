#include "sim/traffic.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>

#include "system/thread.h"

namespace nmcap::sim {
namespace {

// Shorter waits than this are not slept through: the system wakes a sleeper that much too late.
constexpr auto kMinSleep = std::chrono::microseconds(30);

// How long the application stays after its last frame. What a monitor has not synced when its
// parent leaves is lost to it, on the kernel's device too, and that is not what a replay is for.
constexpr auto kFarewell = std::chrono::milliseconds(300);

std::unique_ptr<Playlist> makePlaylist(const TrafficOptions& options, Application& application,
                                       std::vector<std::uint8_t> packed) {
  if (options.loadLength != 0) {
    return makeLoad(options.loadLength, options.loadDirections, application);
  }
  if (packed.empty()) throw std::invalid_argument("there are no frames to send");
  return makeFrameList(std::move(packed), options.repeat, application);
}

}  // namespace

class Traffic::Counters final : public FrameCounter {
 public:
  explicit Counters(std::uint16_t rings) : rings_(rings) {}

  void count(std::uint16_t ring, Side side, std::uint64_t frames) override {
    rings_[ring].bySide[side].fetch_add(frames, std::memory_order_relaxed);
  }
  std::vector<RingCount> read() const {
    std::vector<RingCount> counts;
    for (const Ring& ring : rings_) counts.push_back({ring.bySide[kRx], ring.bySide[kTx]});
    return counts;
  }

 private:
  struct Ring {
    std::atomic<std::uint64_t> bySide[2] = {};
  };
  std::vector<Ring> rings_;
};

Traffic::Traffic(Device& device, const TrafficOptions& options,
                 std::vector<std::uint8_t> packedFrames)
    : options_(options),
      application_(device, options.port),
      playlist_(makePlaylist(options, application_, std::move(packedFrames))),
      counters_(std::make_unique<Counters>(application_.rings())) {}

Traffic::~Traffic() { stop(); }

void Traffic::stop() {
  {
    const std::lock_guard<std::mutex> lock(sleepLock_);
    stopping_.store(true);
  }
  wake_.notify_all();
  thread_.join();
  application_.close();
}

std::vector<RingCount> Traffic::counts() const { return counters_->read(); }

// False when stop() came first.
bool Traffic::waitFor(Pace::Clock::time_point time) {
  if (time - Pace::Clock::now() < kMinSleep) {
    std::this_thread::yield();
    return !stopping_.load(std::memory_order_relaxed);
  }
  std::unique_lock<std::mutex> lock(sleepLock_);
  return !wake_.wait_until(lock, time, [this] { return stopping_.load(); });
}

// Fewer than `due` at the end of the list, or when stop() came first.
std::uint64_t Traffic::play(std::uint64_t due) {
  std::uint64_t sent = 0;
  while (sent < due && !stopping_.load(std::memory_order_relaxed)) {
    const std::size_t played = playlist_->play(application_, due - sent, *counters_);
    if (played == 0) break;
    sent += played;
  }
  return sent;
}

void Traffic::run() {
  nameThread("nmcap-sim");
  sleepPrecisely();
  Pace pace(options_.framesPerSecond, Pace::Clock::now());
  std::uint64_t total = 0;
  while (!stopping_.load(std::memory_order_relaxed)) {
    std::uint64_t due = pace.due(Pace::Clock::now());
    if (due == 0) {
      if (!waitFor(pace.nextBurst())) break;
      continue;
    }
    if (options_.count != 0) due = std::min(due, options_.count - total);
    const std::uint64_t sent = play(due);
    if (sent == 0) break;
    pace.sent(sent);
    total += sent;
  }
  waitFor(Pace::Clock::now() + kFarewell);
  application_.close();
  finished_.store(true, std::memory_order_release);
}

}  // namespace nmcap::sim
