// A flight recorder's memory: the pool keeps the latest packets and forgets the oldest ones until
// something triggers, and forgets none from then on, until what belongs to the recording has been
// taken. The drain thread fills and triggers, one other thread empties.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "capture/batch_pool.h"
#include "capture/epb.h"
#include "filter/packet_filter.h"

namespace nmcap {

struct RecorderOptions {
  std::uint64_t keep = 0;   // bytes of packet blocks that are not forgotten
  std::int64_t after = 0;   // microseconds without a trigger after which a recording ends
  std::string description;  // of the filter, for a comment; kMaxDescription bytes at most
};

class Recorder {
 public:
  // Bytes of what takeNote() returns.
  static constexpr std::size_t kMaxDescription = 1024;

  // Packets that made room for later ones.
  struct Forgotten {
    std::uint64_t packets = 0;
    std::uint64_t position = 0;  // where the batches' bytes that are not forgotten begin
    std::int64_t until = 0;      // time of the last of them; 0: there are none
  };

  // What belongs together: triggers of which each follows the one before within `after`. Times are
  // microseconds since 1970.
  struct Recording {
    std::int64_t first;      // time of the first trigger
    std::int64_t last;       // and of the last one so far
    bool bySignal;           // no packet was the first one
    std::uint64_t position;  // where the batches' bytes before it end
    Forgotten forgotten;     // by then
  };

  // Whether packets before the drain's filter match `trigger`, which may be null, triggers it.
  Recorder(std::shared_ptr<BatchPool> pool, RecorderOptions options,
           std::unique_ptr<PacketFilter> trigger);

  // The drain thread's: whether a packet is one that triggers.
  bool matches(FrameView frame, Direction direction) const {
    return trigger_ && trigger_->passes(frame.data, frame.length, frame.length, direction);
  }
  // Something has triggered: false where no recording is going on, and begin() follows once what
  // came before has been submitted.
  bool prolong(std::int64_t time);
  void begin(std::int64_t time, bool bySignal);
  // Once after begin(), for a comment on the next packet; empty where there is nothing to note.
  std::string_view takeNote();
  // As the pool's. While no recording is going on there always is one, but for those that have been
  // taken.
  std::optional<std::uint32_t> acquire();

  // Whether nothing is forgotten at the moment.
  bool recording() const { return recording_.load(std::memory_order_acquire); }
  // The oldest recording that has not been finished.
  std::optional<Recording> current() const;
  // All its packets have been taken.
  void finish();
  Forgotten forgotten() const;
  // Frames on which the filter gave up (Filter::overruns()), as of the last sync.
  std::uint64_t overruns() const { return overruns_.load(std::memory_order_relaxed); }
  void publishOverruns();

 private:
  const std::shared_ptr<BatchPool> pool_;
  const RecorderOptions options_;
  const std::unique_ptr<PacketFilter> trigger_;

  // The drain thread's.
  std::int64_t last_ = 0;  // trigger
  std::string_view note_;

  std::atomic<bool> recording_{false};
  std::atomic<std::uint64_t> overruns_{0};
  mutable std::mutex mutex_;
  std::deque<Recording> recordings_;
  Forgotten forgotten_;
};

}  // namespace nmcap
