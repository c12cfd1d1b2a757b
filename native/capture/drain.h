// The drain thread: polls the rings of all monitors and empties them as fast as they fill, into
// batches. It never waits for whoever empties the batches. Where a thread of a BatchConsumer does
// that, this one writes for it while that is quick, and is stood in for at the rings when it is
// not.
#pragma once

#include <poll.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "capture/batch_consumer.h"
#include "capture/batch_pool.h"
#include "capture/drain_options.h"
#include "capture/drained_port.h"
#include "capture/frame_taker.h"
#include "capture/recorder.h"
#include "capture/ring_time.h"
#include "filter/packet_filter.h"
#include "netmap/port.h"
#include "system/parked_thread.h"
#include "system/wake_pipe.h"

namespace nmcap {

class Drain {
 public:
  enum class End : std::uint8_t { kRunning, kStopped, kLimit, kParentsLeft, kFailed };

  // Does whatever takes time or can fail, so that a monitor, whose ring fills up within
  // milliseconds, can be attached after it. `filter` may be null. Both functions are called in the
  // drain thread: `onReady` whenever take() has something new, and once at the end; `onStatus`,
  // which may be empty, whenever statuses() has. Throws SysError ("pthread_create", "realtime",
  // "pipe"), and std::bad_alloc for the batches.
  Drain(DrainOptions options, std::unique_ptr<PacketFilter> filter, std::function<void()> onReady,
        std::function<void()> onStatus = {});
  ~Drain() { close(); }
  Drain(const Drain&) = delete;
  Drain& operator=(const Drain&) = delete;

  // Once, before start(): `ports` become interfaces 0, 1, … and stay open until they have left or
  // the Drain is closed. Null: not there yet; but one of them is.
  void setPorts(const std::vector<Port*>& ports);

  // Before start(): batches are handed over only while something that triggers is being recorded.
  // False, and nothing happens, where a packet might not fit into a batch with its comment.
  bool record(std::unique_ptr<Recorder> recorder) { return taker_.record(std::move(recorder)); }
  Recorder* recorder() const { return taker_.recorder(); }
  // Triggers the recorder soon.
  void requestTrigger();

  // Before start(): who is told of batches instead of `onReady`, while it consumes them. It
  // outlives the thread.
  void setConsumer(BatchConsumer* consumer) { consumer_ = consumer; }
  // Drains the rings while the drain thread, which empties the batches, does not: returns once it
  // is back.
  void standIn();
  // How often that has been necessary.
  std::uint64_t standIns() const { return standIns_.load(std::memory_order_relaxed); }

  // After setPorts(), once: false, and nothing happens, after the first call and after close().
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
    return taker_.batch().countsAt(batch);
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
  struct Arrival {
    std::size_t index;
    Port* port;
  };

  void run();
  void look();
  bool poll();
  void beginPass();
  bool drainRings();
  void drainRing(RingState& state);
  void endPass();
  bool stillMonitors(DrainedPort& port);
  void leave(DrainedPort& port);
  void admitArrivals();
  void handOverIfDue(std::uint64_t newPackets);
  bool announce();
  void publishCounters();
  void rest(std::uint64_t discarded);

  const DrainOptions options_;
  const std::function<void()> onReady_;
  const std::function<void()> onStatus_;
  const std::shared_ptr<BatchPool> pool_;
  NetmapSys* sys_ = nullptr;  // of all ports: they are on one device
  BatchConsumer* consumer_ = nullptr;

  // Whoever drains has this and all that follows up to the next mutex.
  std::mutex rings_;
  bool standingIn_ = false;
  std::uint64_t turns_ = 0;  // times that another thread has had the rings
  std::vector<DrainedPort> ports_;
  std::vector<pollfd> fds_;  // by port, and the pipe's
  FrameTaker taker_;
  RingTime ringTime_;
  std::optional<End> outcome_;
  bool holding_ = false;       // a batch is not submitted yet, so that it can fill up
  std::int64_t polledAt_ = 0;  // packets that come from now on are not older
  // What one poll has brought, until all of it is drained.
  struct Pass {
    bool stops;  // requested before it
    bool woken;
    std::uint64_t packetsBefore;
    std::uint64_t discardedBefore;
  };
  std::optional<Pass> pass_;

  std::mutex arrivalsMutex_;
  std::vector<Arrival> arrivals_;
  WakePipe wake_;
  std::atomic<bool> stopRequested_{false};
  std::atomic<bool> triggerRequested_{false};
  std::atomic<bool> ringsWanted_{false};  // by the drain thread, from the one that stands in
  std::atomic<std::uint64_t> standIns_{0};
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
