// The drain thread: takes frames from the rings of all monitors as fast as they come, filters them,
// and leaves them as pcapng packet blocks in batches. It never waits for whoever empties the
// batches: when none is free it goes on draining and counts the frames that it discards.
#pragma once

#include <poll.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "capture/batch_pool.h"
#include "capture/drained_port.h"
#include "capture/epb.h"
#include "capture/recorder.h"
#include "filter/packet_filter.h"
#include "netmap/port.h"
#include "system/parked_thread.h"
#include "system/wake_pipe.h"

namespace nmcap {

struct DrainOptions {
  bool inbound = true;
  bool outbound = true;
  std::uint32_t snapshotLength = kMaxSnapshotLength;  // bytes of a frame to keep, and the most
  std::uint64_t packetLimit = 0;                      // stop after that many packets; 0: none
  std::size_t batchSize = 1 << 20;                    // bytes
  std::uint32_t batchCount = 32;
  bool realtime = false;     // give the thread real-time priority
  bool awaitsPorts = false;  // go on when all ports have left: attach() may follow
};

class Drain {
 public:
  enum class End : std::uint8_t { kRunning, kStopped, kLimit, kParentsLeft, kFailed };

  // `ports` become interfaces 0, 1, … and stay open until they have left or the Drain is closed.
  // Null: not there yet; but one of them is. `filter` may be null. Both functions are called in the
  // drain thread: `onReady` whenever take() has something new, and once at the end; `onStatus`,
  // which may be empty, whenever statuses() has. Throws SysError
  // ("pthread_create", "realtime", "pipe"), and std::bad_alloc for the batches.
  Drain(std::vector<Port*> ports, DrainOptions options, std::unique_ptr<PacketFilter> filter,
        std::function<void()> onReady, std::function<void()> onStatus = {});
  ~Drain() { close(); }
  Drain(const Drain&) = delete;
  Drain& operator=(const Drain&) = delete;

  // Before start(): batches are handed over only while something that triggers is being recorded.
  // False, and nothing happens, where a packet might not fit into a batch with its comment.
  bool record(std::unique_ptr<Recorder> recorder);
  Recorder* recorder() const { return recorder_.get(); }
  // Triggers the recorder soon.
  void requestTrigger();

  // Once: false, and nothing happens, after the first call and after close().
  bool start();
  // A monitor for the port `index`, which has left or is not there yet: see statuses(). The index
  // after the last one adds a port.
  void attach(std::size_t index, Port* port);
  // Asks the thread to drain the rings one last time and to end. Returns at once.
  void requestStop();
  // Stops the thread and waits for it to end; counters and submitted batches stay available.
  void close();

  const std::shared_ptr<BatchPool>& pool() const { return pool_; }
  std::optional<BatchPool::Batch> take() { return pool_->take(); }
  void release(std::uint32_t index);

  // What was counted, by interface, up to the end of a batch that is taken and not released. All of
  // its packets are of these interfaces.
  const std::vector<InterfaceCounts>& countsAt(std::uint32_t batch) const {
    return batchCounts_[batch];
  }
  // All packets whose time stamps are before `until` have been handed over, and `counts` are what
  // was counted by then, by interface.
  struct HandedOver {
    std::int64_t until = 0;  // host clock, microseconds since 1970
    std::vector<InterfaceCounts> counts;
  };
  HandedOver handedOver() const;

  // Once it is not kRunning, no batch is added any more.
  End end() const { return end_.load(std::memory_order_acquire); }
  // errno of the poll that failed, with End::kFailed.
  int error() const { return error_; }
  // Host clock, microseconds since 1970: when the thread started and ended; 0 before.
  std::int64_t startedAt() const { return startedAt_.load(std::memory_order_relaxed); }
  std::int64_t endedAt() const { return endedAt_.load(std::memory_order_relaxed); }
  // As of the last sync.
  std::vector<RingCounters> counters() const;
  // By port.
  std::vector<PortStatus> statuses() const;
  // Frames on which the filter gave up (Filter::overruns()), as of the last sync.
  std::uint64_t filterOverruns() const { return filterOverruns_.load(std::memory_order_relaxed); }

 private:
  using Clock = std::chrono::steady_clock;

  struct Arrival {
    std::size_t index;
    Port* port;
  };

  void run();
  End drainUntilEnd();
  std::size_t admitArrivals(std::vector<pollfd>& fds);
  void decideOnRests();
  void drainPort(DrainedPort& port);
  bool stillMonitors(DrainedPort& port);
  void leave(DrainedPort& port);
  void drainRing(RingState& state, std::uint32_t knownHead);
  void addFragment(RingState& state, const Ring::Piece& piece);
  void endChain(RingState& state, bool complete);
  void takeFrame(RingState& state, FrameView frame, bool outbound);
  void triggerIfMatching(RingState& state, FrameView frame, Direction direction);
  void trigger(std::int64_t time, RingState* counted);
  void writeSlowPath(RingState& state, FrameView frame, bool outbound, std::uint32_t captured);
  bool reserve(std::size_t size, RingState& state);
  void handOver(RingState* counted = nullptr);
  void sumCounts(std::vector<InterfaceCounts>& sums) const;
  void handOverIfDue(std::uint64_t newPackets);
  void publishCounters();
  bool limitReached() const {
    return options_.packetLimit != 0 && packets_ == options_.packetLimit;
  }

  const DrainOptions options_;
  const std::array<bool, 2> wanted_;  // by Way
  const std::unique_ptr<PacketFilter> filter_;
  const std::function<void()> onReady_;
  const std::function<void()> onStatus_;
  const std::shared_ptr<BatchPool> pool_;
  std::unique_ptr<Recorder> recorder_;  // null: all batches are for whoever takes them
  NetmapSys& sys_;                      // of all ports: they are on one device
  std::vector<DrainedPort> ports_;
  bool rests_ = false;  // pauses so that frames accumulate, see kRealtimeRest

  // The batch being filled, where there is one.
  std::optional<std::uint32_t> filling_;
  Clock::time_point fillingSince_;
  bool holding_ = false;  // not submitted yet, so that it can fill up
  std::uint8_t* writeAt_ = nullptr;
  std::uint8_t* writeEnd_ = nullptr;
  std::vector<std::vector<InterfaceCounts>> batchCounts_;  // for each batch, by interface
  std::int64_t polledAt_ = 0;        // packets that come from now on are not older
  std::uint64_t packets_ = 0;        // in all batches
  std::uint64_t packetsBefore_ = 0;  // of these, in batches before the one being filled

  std::mutex arrivalsMutex_;
  std::vector<Arrival> arrivals_;
  WakePipe wake_;
  std::atomic<bool> stopRequested_{false};
  std::atomic<bool> triggerRequested_{false};
  // The thread polls while it holds an unsubmitted batch; release() must wake it.
  std::atomic<bool> withholding_{false};
  std::atomic<End> end_{End::kRunning};
  int error_ = 0;
  std::atomic<std::int64_t> startedAt_{0};
  std::atomic<std::int64_t> endedAt_{0};

  mutable std::mutex countersMutex_;
  std::vector<RingCounters> published_;
  std::vector<PortStatus> statuses_;
  HandedOver handedOver_;
  std::atomic<std::uint64_t> filterOverruns_{0};

  ParkedThread thread_{[this] { run(); }};  // last: it uses all of the above
};

}  // namespace nmcap
