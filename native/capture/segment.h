// One file of several that follow one another: where it is, what may go into it, what did.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "capture/drain.h"
#include "compress/compressor.h"

namespace nmcap {

struct Segment {
  static constexpr std::uint64_t kUnlimited = std::uint64_t{1} << 62;

  int descriptor = -1;                     // written from where it stands
  std::uint64_t bytesLeft = kUnlimited;    // on disk; a first packet may be larger
  std::int64_t endsAt = 0;                 // packets of that time belong to the next; 0: never
  std::shared_ptr<Compressor> compressor;  // in use for the file already; null: none
  std::size_t interfaces = 0;              // that it describes already
};

// What a file needs before packets of an interface that has been added.
struct InterfaceDescription {
  std::size_t interfaceId = 0;
  std::vector<std::uint8_t> block;
  std::uint64_t reserve = 0;  // bytes to be kept free for its statistics
};

// Why a segment has ended, where packets may follow in another one.
enum class SegmentEnd : std::uint8_t { kFull, kTime, kAsked };

struct SegmentFigures {
  std::uint64_t packets = 0;
  std::uint64_t bytes = 0;     // on disk
  std::int64_t firstTime = 0;  // of its packets, microseconds since 1970; 0: it has none
  std::int64_t lastTime = 0;
  std::int64_t nextTime = 0;   // of the packet that did not go into it; 0: not known
  double compressing = 0;      // seconds
  double writing = 0;          // seconds, in write(2)
  int error = 0;               // errno of the write that failed, or 0
  std::size_t interfaces = 0;  // that the file describes
  // Of the whole capture up to the end of the segment, by interface.
  std::vector<InterfaceCounts> counts;
};

}  // namespace nmcap
