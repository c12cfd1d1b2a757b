#include "capture/frame_taker.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace nmcap {
namespace {

std::int64_t timeOf(const EpbContext& context) {
  return std::int64_t{context.timeHigh} << 32 | context.timeLow;
}

}  // namespace

FrameTaker::FrameTaker(const DrainOptions& options, std::shared_ptr<BatchPool> pool,
                       std::unique_ptr<PacketFilter> filter, const std::vector<DrainedPort>& ports)
    : options_(options),
      wanted_{options.inbound, options.outbound},
      filter_(std::move(filter)),
      pool_(std::move(pool)),
      batch_(pool_, ports),
      fillSize_(options.batchSize) {}

bool FrameTaker::record(std::unique_ptr<Recorder> recorder) {
  const std::size_t comment = Gap::kMaxDescription + Recorder::kMaxDescription;
  if (options_.batchSize < epbSize(options_.snapshotLength, true, comment) + kEpbSlack)
    return false;
  recorder_ = std::move(recorder);
  return true;
}

[[gnu::always_inline]] inline void FrameTaker::takeFrame(RingState& state, FrameView frame,
                                                         bool outbound) {
  const Way way = outbound ? kOutbound : kInbound;
  if (!wanted_[way]) return;
  WayCounters& counters = state.counters.ways[way];
  state.taken[way] += kOneFrame + frame.length;
  const Direction direction = outbound ? Direction::kOutbound : Direction::kInbound;
  if (filter_ && !filter_->passes(frame.data, frame.length, frame.length, direction)) return;
  counters.passed++;
  if (recorder_) triggerIfMatching(state, frame, direction);
  const std::uint32_t captured = std::min(frame.length, options_.snapshotLength);
  if (!batch_.hasRoom(epbSize(captured, state.context.hasQueue)) || state.gap.any()) {
    writeSlowPath(state, frame, outbound, captured);
    return;
  }
  batch_.added(writeEpb(batch_.at(), state.context, outbound, frame, captured));
}

void FrameTaker::take(RingState& state, std::uint32_t end) {
  // A local copy, which no store to a batch can alias, stays in registers.
  const Ring ring = *state.ring;
  std::uint32_t at = ring.head();
  Ring::Piece piece{};
  while (at != end && !limitReached()) {
    piece = ring.piece(at);
    at = ring.next(at);
    const bool alone = (piece.flags & abi::kSlotMoreFragments) == 0 && state.chain.empty();
    if (alone && piece.data != nullptr) {
      takeFrame(state, {piece.data, piece.length, piece.room},
                (piece.flags & abi::kSlotTxMonitor) != 0);
    } else {
      addFragment(state, piece);
    }
  }
  state.newest = (piece.flags & abi::kSlotTxMonitor) != 0 ? kOutbound : kInbound;
  state.ring->release(at);
  state.settle();
  if (batch_.size() >= fillSize_) handOver();
}

// One slot of a frame of several slots, or a slot without data.
void FrameTaker::addFragment(RingState& state, const Ring::Piece& piece) {
  if (!state.chain.empty() && !state.chain.continuedBy(piece)) endChain(state, false);
  state.chain.append(piece);
  if (piece.data == nullptr) {
    endChain(state, false);
  } else if ((piece.flags & abi::kSlotMoreFragments) == 0) {
    endChain(state, true);
  } else if (state.chain.full()) {
    endChain(state, false);
  }
}

void FrameTaker::endChain(RingState& state, bool complete) {
  const Way way = state.chain.outbound() ? kOutbound : kInbound;
  if (!complete && wanted_[way]) state.counters.ways[way].incomplete++;
  const std::vector<std::uint8_t>& bytes = state.chain.bytes();
  const auto length = static_cast<std::uint32_t>(bytes.size());
  takeFrame(state, {bytes.data(), length, length}, way == kOutbound);
  state.chain.clear();
}

// Kept out of takeFrame(), where every frame of every capture goes through.
[[gnu::noinline]] void FrameTaker::triggerIfMatching(RingState& state, FrameView frame,
                                                     Direction direction) {
  if (recorder_->matches(frame, direction)) trigger(timeOf(state.context), &state);
}

void FrameTaker::trigger(std::int64_t time, RingState* counted) {
  if (recorder_->prolong(time)) return;
  // A batch of its own, so that it goes through writeSlowPath().
  handOver(counted);
  recorder_->begin(time, counted == nullptr);
  submitted_ = true;
}

// For packets that need a new batch, or a comment.
void FrameTaker::writeSlowPath(RingState& state, FrameView frame, bool outbound,
                               std::uint32_t captured) {
  const bool afterGap = state.gap.any();
  const std::string_view note = recorder_ ? recorder_->takeNote() : std::string_view();
  const std::size_t comment = afterGap || !note.empty() ? Gap::kMaxDescription + note.size() : 0;
  if (!reserve(epbSize(captured, state.context.hasQueue, comment), state)) {
    state.counters.ways[outbound ? kOutbound : kInbound].discarded++;
    discarded_++;
    state.gap.discard();
    return;
  }
  std::string text = afterGap ? state.gap.describe() : std::string();
  if (!note.empty()) text.append(afterGap ? "; " : "nmcap: ").append(note);
  batch_.added(writeEpb(batch_.at(), state.context, outbound, frame, captured, text));
  state.gap.clear();
}

// Room for `size` bytes of a packet, counted already, in the batch being filled or in a new one.
bool FrameTaker::reserve(std::size_t size, RingState& state) {
  if (batch_.hasRoom(size)) return true;
  handOver(&state);
  if (!recorder_ && !pool_->hasFree()) return false;
  const auto index = recorder_ ? recorder_->acquire() : pool_->acquire();
  if (!index) return false;
  batch_.open(*index);
  return true;
}

void FrameTaker::handOver(RingState* counted) {
  if (!batch_.submit(counted)) return;
  if (!recorder_ || recorder_->recording()) submitted_ = true;
}

}  // namespace nmcap
