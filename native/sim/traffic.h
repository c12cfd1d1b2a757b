// The traffic of a simulated port: a thread in which an application opens the NIC and sends and
// receives what a playlist holds, at a given rate.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sim/application.h"
#include "sim/pace.h"
#include "sim/playlist.h"
#include "system/parked_thread.h"

namespace nmcap::sim {

struct TrafficOptions {
  PortRequest port;            // a NIC of the device, a VALE port or an end of a pipe
  double framesPerSecond = 0;  // 0: as fast as possible
  std::uint64_t count = 0;     // frames, after which the application leaves; 0: no end
  bool repeat = true;          // the list starts again at its end; otherwise the application leaves
  std::uint32_t loadLength = 0;  // bytes of every frame; 0: the frame list is played
  LoadDirections loadDirections = LoadDirections::kBoth;
};

// Frames that were sent, by ring.
struct RingCount {
  std::uint64_t rx;
  std::uint64_t tx;
};

class Traffic {
 public:
  // Opens the application's port, so that a monitor can attach before the first frame. Throws
  // SysError, and std::invalid_argument for a malformed list, no frames at all, or a load length
  // out of bounds.
  Traffic(Device& device, const TrafficOptions& options, std::vector<std::uint8_t> packedFrames);
  // stop() and the application leaves.
  ~Traffic();
  Traffic(const Traffic&) = delete;
  Traffic& operator=(const Traffic&) = delete;

  // Once: false, and nothing happens, after the first call and after stop().
  bool start() { return thread_.start(); }
  // The application sends no more and leaves netmap mode. Returns when it has. A second call does
  // nothing.
  void stop();

  // Any thread's. The frames of a batch are counted before a monitor can see the
  // first of them.
  std::vector<RingCount> counts() const;
  // All frames are sent and the application has left.
  bool finished() const { return finished_.load(std::memory_order_acquire); }

 private:
  class Counters;

  void run();
  bool waitFor(Pace::Clock::time_point time);
  std::uint64_t play(std::uint64_t due);

  const TrafficOptions options_;
  Application application_;
  std::unique_ptr<Playlist> playlist_;
  std::unique_ptr<Counters> counters_;
  std::atomic<bool> finished_{false};
  std::atomic<bool> stopping_{false};
  std::mutex sleepLock_;
  std::condition_variable wake_;
  ParkedThread thread_{[this] { run(); }};  // last: it uses all of the above
};

}  // namespace nmcap::sim
