// The least that writes a capture: one thread that polls a monitor, walks its slots, encodes them
// as packet blocks and writes these.
//
// It sleeps in poll as the drain thread does, takes all that there is, asks for time stamps, and
// uses the same encoder. It has no filter, no frames of several slots, no statistics, no notes
// where packets are missing, and whatever keeps its write(2) keeps it from the rings.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "capture/epb.h"
#include "capture/host_time.h"
#include "netmap/port.h"

namespace nmcap::bench {

[[noreturn]] inline void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

class File {
 public:
  explicit File(const char* name)
      : descriptor_(::open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644)) {
    if (descriptor_ < 0) fail(name);
  }
  ~File() { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  void write(const std::uint8_t* bytes, std::size_t length) {
    while (length > 0) {
      const ssize_t count = ::write(descriptor_, bytes, length);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) fail("write");
      bytes += count;
      length -= static_cast<std::size_t>(count);
    }
  }

 private:
  const int descriptor_;
};

class PlainCapture {
 public:
  PlainCapture(Port& port, File& file) : port_(port), file_(file) {
    for (Ring& ring : port_.rxRings()) ring.requestTimestamps();
  }

  // Until so many frames are written in all.
  void run(std::uint64_t frames) {
    while (frames_ < frames) look(frames);
    flush();
  }
  // Takes what there is, or comes within a tenth of a second, up to so many frames in all.
  void look(std::uint64_t frames) {
    pollfd fd{port_.descriptor(), POLLIN, 0};
    if (port_.sys().poll(&fd, 1, kPollTimeoutMs) < 0 && errno != EINTR) fail("poll");
    for (Ring& ring : port_.rxRings()) drain(ring, frames);
  }
  void flush() {
    file_.write(buffer_.data(), static_cast<std::size_t>(at_ - buffer_.data()));
    at_ = buffer_.data();
  }

 private:
  static constexpr int kPollTimeoutMs = 100;
  // As much as nmcap writes at once. It stays in the second-level cache.
  static constexpr std::size_t kBufferSize = 256 << 10;

  void drain(Ring& ring, std::uint64_t frames) {
    const std::int64_t time = hostTimeOf(ring.timestamp());
    EpbContext context{};
    context.timeHigh = static_cast<std::uint32_t>(time >> 32);
    context.timeLow = static_cast<std::uint32_t>(time);
    const std::uint32_t tail = ring.tail();
    std::uint32_t slot = ring.head();
    for (; slot != tail && frames_ < frames; slot = ring.next(slot)) {
      const Ring::Piece piece = ring.piece(slot);
      if (piece.data == nullptr) throw std::runtime_error("a slot without a buffer");
      const std::size_t used = static_cast<std::size_t>(at_ - buffer_.data());
      if (used + epbSize(piece.length, false) + kEpbSlack > buffer_.size()) flush();
      at_ = writeEpb(at_, context, (piece.flags & abi::kSlotTxMonitor) != 0,
                     {piece.data, piece.length, piece.room}, piece.length);
      frames_++;
    }
    ring.release(slot);
  }

  Port& port_;
  File& file_;
  std::vector<std::uint8_t> buffer_ = std::vector<std::uint8_t>(kBufferSize);
  std::uint8_t* at_ = buffer_.data();
  std::uint64_t frames_ = 0;
};

}  // namespace nmcap::bench
