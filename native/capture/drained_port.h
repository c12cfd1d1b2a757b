// One port as the drain thread sees it: its rings while a monitor is attached, and what was counted
// of them, which outlasts the monitor.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "capture/chain.h"
#include "capture/epb.h"
#include "capture/gap.h"
#include "netmap/port.h"

namespace nmcap {

// Index of a direction in arrays.
enum Way : std::uint8_t { kInbound = 0, kOutbound = 1 };

// One ring and direction.
struct WayCounters {
  std::uint64_t seen = 0;        // frames taken from the ring
  std::uint64_t bytes = 0;       // of all of these, without FCS
  std::uint64_t passed = 0;      // of the frames, passed by the filter
  std::uint64_t discarded = 0;   // of these, dropped because no batch was free
  std::uint64_t ringFull = 0;    // syncs that found the ring full, by its newest frame's direction
  std::uint64_t incomplete = 0;  // frames of which slots are missing
};

struct RingCounters {
  std::uint32_t interfaceId;
  std::uint16_t ring;
  std::array<WayCounters, 2> ways;  // by Way
};

// What has become of a port.
struct PortStatus {
  bool left = false;           // its parent has left netmap mode, as far as poll tells
  std::uint64_t resets = 0;    // times that the kernel found a senseless head in its rings
  std::uint32_t monitors = 0;  // that were attached, one after another
};

// Frames of one interface, both directions.
struct InterfaceCounts {
  std::uint64_t seen = 0;
  std::uint64_t passed = 0;
  std::uint64_t discarded = 0;  // of these; all others are in batches
};

// A frame is counted together with its bytes by adding this and its length: one addition in memory
// for both, where two cost up to 7 % of the speed with frames of 60 bytes. There is room for the
// frames and bytes of a whole ring: netmap's have at most 8192 slots of less than 64 KiB each
// (netmap_mem2.c), and this has 2^24.
inline constexpr std::uint64_t kOneFrame = std::uint64_t{1} << 40;

struct RingState {
  Ring* ring;
  EpbContext context;
  RingCounters counters;
  Chain chain;
  Gap gap;
  // The ring's head at the last poll and at the one before: the kernel knew that one while it
  // filled the ring.
  std::uint32_t polledHead;
  std::uint32_t knownHead;
  // Of what the last poll has brought: where it ends, and whether frames may be missing after it.
  std::uint32_t end;
  bool isNew = true;  // no sync has been looked at
  bool isFull = false;
  Way newest = kInbound;  // direction of the slot taken last
  // By Way: frames and bytes that are not in the counters yet, see kOneFrame.
  std::array<std::uint64_t, 2> taken{};

  // Before and after a poll. `arrival`: the time for rings without a time stamp, read once for all
  // of them; 0: not yet.
  void prepareForPoll() { knownHead = std::exchange(polledHead, ring->head()); }
  void noteNews(std::int64_t& arrival);
  // Adds what was taken to the counters.
  void settle();
};

class DrainedPort {
 public:
  // `port`: null where the port is not there yet.
  DrainedPort(std::uint32_t interfaceId, Port* port);

  // The rings of another monitor, after leave(). Counters go on; the first packet of each ring gets
  // a comment on the time between.
  void begin(Port* port);
  // Forgets the monitor, which may be closed from now on.
  void leave();

  Port* port() const { return port_; }
  // None while the port is away.
  std::vector<RingState>& rings() { return rings_; }
  // As pollfd's fd: negative while the port is away.
  int descriptor() const { return port_ != nullptr ? port_->descriptor() : -1; }

  PortStatus status() const { return status_; }
  void addReset() { status_.resets++; }
  // Of all rings that there have been.
  void appendCounters(std::vector<RingCounters>& counters) const;
  InterfaceCounts counts() const;

 private:
  // What stays of a ring without its monitor.
  struct Remains {
    RingCounters counters;
    Gap gap;
  };
  Remains takeRemains(std::uint16_t ring);

  std::uint32_t interfaceId_;
  Port* port_ = nullptr;
  std::vector<RingState> rings_;
  std::vector<Remains> remains_;
  std::int64_t leftAt_ = 0;  // host time; 0: never
  PortStatus status_;
};

}  // namespace nmcap
