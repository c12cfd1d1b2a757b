// Takes frames from the slots of rings: joins those of several slots, filters them, and leaves them
// as pcapng packet blocks in batches. It never waits for whoever empties the batches: where none is
// free, frames are counted and discarded.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "capture/batch_pool.h"
#include "capture/drain_options.h"
#include "capture/drained_port.h"
#include "capture/epb.h"
#include "capture/open_batch.h"
#include "capture/recorder.h"
#include "filter/packet_filter.h"

namespace nmcap {

class FrameTaker {
 public:
  // `ports`: whose rings they are. `filter` may be null. The options outlive the FrameTaker.
  FrameTaker(const DrainOptions& options, std::shared_ptr<BatchPool> pool,
             std::unique_ptr<PacketFilter> filter, const std::vector<DrainedPort>& ports);

  // Batches are to be handed over only while something that triggers is being recorded. False, and
  // nothing happens, where a packet might not fit into a batch with its comment.
  bool record(std::unique_ptr<Recorder> recorder);
  Recorder* recorder() const { return recorder_.get(); }
  // Something has triggered. `counted`: the ring of the packet that has, where one has; it is
  // counted already, but in no batch.
  void trigger(std::int64_t time, RingState* counted);

  // Takes the slots from the ring's head to `end`, unless the limit is reached, and gives them
  // back.
  void take(RingState& state, std::uint32_t end);
  // What there is of a frame of several slots is all that comes of it, unless it is complete.
  void endChain(RingState& state, bool complete);

  // Bytes from which on take() submits a batch that it has added to.
  void fillUpTo(std::size_t size) { fillSize_ = size; }
  // Submits the batch that is being filled.
  void handOver(RingState* counted = nullptr);
  // Whether batches were submitted since the last call that are meant to be taken.
  bool takeSubmitted() { return std::exchange(submitted_, false); }
  // Frames discarded so far.
  std::uint64_t discarded() const { return discarded_; }

  const OpenBatch& batch() const { return batch_; }
  bool limitReached() const {
    return options_.packetLimit != 0 && batch_.packets() == options_.packetLimit;
  }
  // Frames on which the filter gave up (Filter::overruns()).
  std::uint64_t filterOverruns() const { return filter_ ? filter_->overruns() : 0; }

 private:
  void addFragment(RingState& state, const Ring::Piece& piece);
  void takeFrame(RingState& state, FrameView frame, bool outbound);
  void triggerIfMatching(RingState& state, FrameView frame, Direction direction);
  void writeSlowPath(RingState& state, FrameView frame, bool outbound, std::uint32_t captured);
  bool reserve(std::size_t size, RingState& state);

  const DrainOptions& options_;
  const std::array<bool, 2> wanted_;  // by Way
  const std::unique_ptr<PacketFilter> filter_;
  const std::shared_ptr<BatchPool> pool_;
  std::unique_ptr<Recorder> recorder_;  // null: all batches are for whoever takes them
  OpenBatch batch_;
  std::size_t fillSize_;
  std::uint64_t discarded_ = 0;
  bool submitted_ = false;
};

}  // namespace nmcap
