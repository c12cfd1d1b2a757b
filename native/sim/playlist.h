// What the simulated traffic consists of: frames from a list, or made for load.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/application.h"

namespace nmcap::sim {

// Notified of every frame that has been sent.
class FrameCounter {
 public:
  virtual ~FrameCounter() = default;
  virtual void count(std::uint16_t ring, Side side, std::uint64_t frames) = 0;
};

// Frames that one turn of a load has at most; turns alternate between rings and directions.
constexpr std::size_t kMaxTurn = 256;

class Playlist {
 public:
  virtual ~Playlist() = default;
  // Sends the next frames, `most` at most (at least one), all on one ring and in one direction.
  // Returns how many; 0 when the list is at its end.
  virtual std::size_t play(Application& application, std::size_t most, FrameCounter& counter) = 0;
};

// A packed list, played in order, again and again when `repeat` is set. For each frame: u32 length
// in host order, u16 ring in host order, u8 direction (1 received by the application, 2 sent by
// it), u8 0, then the bytes, padded with zeros to a multiple of 4. A ring that the port lacks
// becomes one that it has. Throws std::invalid_argument when the list is not of this form, or a
// frame is longer than the application can send.
std::unique_ptr<Playlist> makeFrameList(std::vector<std::uint8_t> packed, bool repeat,
                                        Application& application);

enum class LoadDirections { kBoth, kRx, kTx };

// UDP over IPv4, every frame `length` bytes (60 … 65535, without FCS), round robin over the rings,
// and on each in both directions in turn. Destination port 9, of every 100th frame of a ring and
// direction 53. At byte 42 a big-endian u64 counts the frames of that ring and direction from 0, at
// byte 50 another is the time at which its batch was sent: nanoseconds since 1970.
// Throws std::invalid_argument when `length` is out of bounds.
std::unique_ptr<Playlist> makeLoad(std::uint32_t length, LoadDirections directions,
                                   Application& application);

}  // namespace nmcap::sim
