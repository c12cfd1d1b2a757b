// Sends numbered frames on a port of the kernel's netmap at a steady rate:
//
//   frame_sender PORT RATE LENGTH SECONDS
//
// Ends after SECONDS, or earlier at SIGTERM, with one line of JSON: how many frames were sent, and
// `samples`, pairs of a time of CLOCK_MONOTONIC in seconds and the frames sent until then, so that
// the rate of any part of the time can be had afterwards. Nothing is written before: whoever read
// it would take processor time from what is measured.
#include <signal.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "netmap/port.h"
#include "numbered_frame.h"
#include "run_main.h"

namespace nmcap::bench {
namespace {

constexpr std::uint32_t kMinLength = 60;
constexpr std::uint32_t kMaxLength = 1514;

// At most so many frames are given to the kernel at once, as an application does.
constexpr std::uint64_t kBurst = 256;
// Frames that were held up for longer are not made up for: a sender that was kept from running
// would flood the rings for as long as it takes to catch up.
constexpr double kMaxBacklogSeconds = 0.01;
constexpr auto kPause = std::chrono::microseconds(50);
constexpr double kSampleSeconds = 0.02;

volatile sig_atomic_t stopped = 0;
void stop(int) { stopped = 1; }

// std::chrono's steady clock need not be the one that other programs can read.
double now() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

std::vector<std::uint8_t> makeFrame(std::uint32_t length) {
  std::vector<std::uint8_t> frame(length);
  const auto put16 = [&frame](std::size_t at, std::uint32_t value) {
    frame[at] = static_cast<std::uint8_t>(value >> 8);
    frame[at + 1] = static_cast<std::uint8_t>(value);
  };
  // UDP from 10.0.0.1 to 10.0.0.2 between locally administered addresses; checksums left out.
  const std::uint8_t headers[] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45};
  std::copy(std::begin(headers), std::end(headers), frame.begin());
  put16(16, length - 14);
  frame[22] = 64;
  frame[23] = 17;
  const std::uint8_t addresses[] = {10, 0, 0, 1, 10, 0, 0, 2};
  std::copy(std::begin(addresses), std::end(addresses), frame.begin() + 26);
  put16(34, 10000);
  put16(36, 9);
  put16(38, length - 34);
  return frame;
}

class Sender {
 public:
  Sender(const std::string& port, double rate, std::uint32_t length)
      : port_(kernelSys(), request(port)), rate_(rate), frame_(makeFrame(length)) {
    if (port_.txRings().empty()) throw std::runtime_error(port + " has no ring to send on");
  }

  void run(double seconds) {
    double time = now();
    const double end = time + seconds;
    double nextSample = time;
    double owed = 0;
    while (stopped == 0 && time < end) {
      const double before = std::exchange(time, now());
      owed = std::min(owed + (time - before) * rate_, kMaxBacklogSeconds * rate_);
      if (time >= nextSample) {
        samples_.emplace_back(time, sent_);
        nextSample = time + kSampleSeconds;
      }
      if (owed < 1) {
        std::this_thread::sleep_for(kPause);
        continue;
      }
      owed -= static_cast<double>(sendBurst(static_cast<std::uint64_t>(owed)));
    }
    samples_.emplace_back(now(), sent_);
  }

  void print() const {
    std::printf("{\"sent\":%llu,\"samples\":[", static_cast<unsigned long long>(sent_));
    const char* separator = "";
    for (const auto& [time, sent] : samples_) {
      std::printf("%s[%.6f,%llu]", separator, time, static_cast<unsigned long long>(sent));
      separator = ",";
    }
    std::puts("]}");
  }

 private:
  static PortRequest request(const std::string& name) {
    PortRequest request;
    request.name = name;
    return request;
  }

  // As many of the frames that are owed as there is room for; returns how many.
  std::uint64_t sendBurst(std::uint64_t owed) {
    Ring& ring = port_.txRings().front();
    const std::uint64_t count = std::min<std::uint64_t>({owed, kBurst, ring.available()});
    std::uint32_t index = ring.head();
    for (std::uint64_t i = 0; i < count; i++) {
      putBigEndian64(frame_.data() + kSequenceOffset, sent_++);
      const Ring::Piece piece = ring.piece(index);
      if (piece.data == nullptr || piece.room < frame_.size()) {
        throw std::runtime_error("a slot without room for the frame");
      }
      std::memcpy(piece.data, frame_.data(), frame_.size());
      ring.describe(index, static_cast<std::uint16_t>(frame_.size()), 0);
      index = ring.next(index);
    }
    ring.release(index);
    if (!port_.txSync()) throw std::system_error(errno, std::generic_category(), "TXSYNC");
    return count;
  }

  Port port_;
  const double rate_;  // frames a second
  std::vector<std::uint8_t> frame_;
  std::uint64_t sent_ = 0;
  std::vector<std::pair<double, std::uint64_t>> samples_;
};

int run(int argc, char** argv) {
  const double rate = argc == 5 ? std::atof(argv[2]) : 0;
  const int length = argc == 5 ? std::atoi(argv[3]) : 0;
  const double seconds = argc == 5 ? std::atof(argv[4]) : 0;
  if (rate <= 0 || seconds <= 0 || length < static_cast<int>(kMinLength) ||
      length > static_cast<int>(kMaxLength)) {
    std::fprintf(stderr, "usage: frame_sender PORT RATE LENGTH SECONDS\n");
    return 2;
  }
  struct sigaction action {};
  action.sa_handler = stop;
  ::sigaction(SIGTERM, &action, nullptr);
  Sender sender(argv[1], rate, static_cast<std::uint32_t>(length));
  sender.run(seconds);
  sender.print();
  return 0;
}

}  // namespace
}  // namespace nmcap::bench

int main(int argc, char** argv) {
  return nmcap::bench::runMain("frame_sender", nmcap::bench::run, argc, argv);
}
