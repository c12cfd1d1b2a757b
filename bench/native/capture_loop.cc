// The least that writes a capture: one thread that polls a monitor, walks its slots, encodes them
// as packet blocks and writes these, beside the simulated application as nmcap is:
//
//   capture_loop FILE FRAME-LENGTH RATE FRAMES WARM-UP     one line of JSON
//
// RATE: frames per second that are sent, 0: as fast as possible. It writes FRAMES frames and
// reports the time and the thread's processor time that they took, without the first WARM-UP of
// them, and how many frames were sent until then.
//
// It sleeps in poll as the drain thread does, takes all that there is, asks for time stamps, and
// uses the same encoder. It has no filter, no frames of several slots, no statistics, no notes
// where packets are missing, and whatever keeps its write(2) keeps it from the rings.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <system_error>
#include <vector>

#include "busy_nics.h"
#include "capture/epb.h"
#include "capture/host_time.h"
#include "run_main.h"

namespace nmcap::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPollTimeoutMs = 100;
// As much as nmcap writes at once. It stays in the second-level cache.
constexpr std::size_t kBufferSize = 256 << 10;

[[noreturn]] void fail(const char* what) {
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

// Of this thread, user and system, seconds.
double processorSeconds() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

class CaptureLoop {
 public:
  CaptureLoop(Port& port, File& file) : port_(port), file_(file) {
    for (Ring& ring : port_.rxRings()) ring.requestTimestamps();
  }

  // Until so many frames are written in all.
  void run(std::uint64_t frames) {
    pollfd fd{port_.descriptor(), POLLIN, 0};
    while (frames_ < frames) {
      if (port_.sys().poll(&fd, 1, kPollTimeoutMs) < 0 && errno != EINTR) fail("poll");
      for (Ring& ring : port_.rxRings()) drain(ring, frames);
    }
    flush();
  }

 private:
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

  void flush() {
    file_.write(buffer_.data(), static_cast<std::size_t>(at_ - buffer_.data()));
    at_ = buffer_.data();
  }

  Port& port_;
  File& file_;
  std::vector<std::uint8_t> buffer_ = std::vector<std::uint8_t>(kBufferSize);
  std::uint8_t* at_ = buffer_.data();
  std::uint64_t frames_ = 0;
};

int run(int argc, char** argv) {
  if (argc != 6) throw std::invalid_argument("see the head of capture_loop.cc");
  const auto length = static_cast<std::uint32_t>(std::atoi(argv[2]));
  const double rate = std::atof(argv[3]);
  const std::uint64_t frames = std::strtoull(argv[4], nullptr, 10);
  const std::uint64_t warmUp = std::strtoull(argv[5], nullptr, 10);
  File file(argv[1]);
  BusyNics nics(1, length, rate, 0, 1);
  Port port(nics.sys(), wholeMonitor());
  CaptureLoop loop(port, file);
  nics.start();
  loop.run(warmUp);
  const auto start = Clock::now();
  const std::uint64_t sentBefore = nics.sent();
  const double processorBefore = processorSeconds();
  loop.run(frames);
  const double processor = processorSeconds() - processorBefore;
  const std::uint64_t sent = nics.sent() - sentBefore;
  const std::chrono::duration<double> time = Clock::now() - start;
  std::printf("{\"frames\":%llu,\"sent\":%llu,\"seconds\":%.6f,\"processorSeconds\":%.6f}\n",
              static_cast<unsigned long long>(frames - warmUp),
              static_cast<unsigned long long>(sent), time.count(), processor);
  return 0;
}

}  // namespace
}  // namespace nmcap::bench

int main(int argc, char** argv) {
  return nmcap::bench::runMain("capture_loop", nmcap::bench::run, argc, argv);
}
