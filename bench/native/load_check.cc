// Judges a capture of the simulation's load (native/sim/load.cc) by what is in its frames:
//
//   load_check FILE [STALL-MS]     one line of JSON
//
// The sequence numbers of each ring and direction must rise; how many frames are there, how many
// numbers below the highest are not; the time from the first frame's sending to the last one's; and
// how long the frames took from being sent to being read here: percentiles in microseconds.
// STALL-MS: sleep so long before reading.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "numbered_frame.h"
#include "packet_stream.h"
#include "run_main.h"

namespace nmcap::bench {
namespace {

// As native/sim/load.cc lays the frames out; big-endian.
constexpr std::size_t kSentAtOffset = kSequenceOffset + 8;
constexpr std::uint32_t kMinLength = 58;

struct Stream {
  std::uint64_t packets = 0;
  std::uint64_t next = 0;  // least sequence number that may come
  std::uint64_t missing = 0;
  std::uint64_t disordered = 0;  // repeated, or out of order

  void take(std::uint64_t sequence) {
    packets++;
    if (sequence < next) {
      disordered++;
      return;
    }
    missing += sequence - next;
    next = sequence + 1;
  }
};

// How often each latency was seen, in microseconds; what took longer counts as the longest.
class Latencies {
 public:
  Latencies() : counts_(kMaxLatency + 1) {}

  void take(std::uint64_t nanoseconds) {
    counts_[std::min<std::uint64_t>(nanoseconds / 1000, kMaxLatency)]++;
    total_++;
  }
  std::size_t percentile(double part) const {
    const auto wanted = static_cast<std::uint64_t>(part * static_cast<double>(total_));
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < counts_.size(); i++) {
      below += counts_[i];
      if (below > wanted) return i;
    }
    return kMaxLatency;
  }

 private:
  static constexpr std::size_t kMaxLatency = 10'000'000;
  std::vector<std::uint64_t> counts_;
  std::uint64_t total_ = 0;
};

int run(int argc, char** argv) {
  if (argc < 2) return 2;
  const int fd = ::open(argv[1], O_RDONLY);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), argv[1]);
  if (argc > 2) std::this_thread::sleep_for(std::chrono::milliseconds(std::atoi(argv[2])));
  std::map<std::pair<std::uint32_t, bool>, Stream> streams;
  Latencies latencies;
  std::uint64_t firstSent = 0;
  std::uint64_t lastSent = 0;
  PacketStream stream(fd);
  for (Packet packet{}; stream.next(packet);) {
    if (packet.length < kMinLength) throw MalformedFile("a frame too short for the load");
    streams[{packet.ring, packet.outbound}].take(bigEndian64(packet.data + kSequenceOffset));
    const std::uint64_t sentAt = bigEndian64(packet.data + kSentAtOffset);
    if (firstSent == 0) firstSent = sentAt;
    lastSent = std::max(lastSent, sentAt);
    latencies.take(stream.readAt() > sentAt ? stream.readAt() - sentAt : 0);
  }

  Stream sums;
  for (const auto& [key, one] : streams) {
    sums.packets += one.packets;
    sums.missing += one.missing;
    sums.disordered += one.disordered;
  }
  std::printf("{\"packets\":%llu,\"missing\":%llu,\"disordered\":%llu,",
              static_cast<unsigned long long>(sums.packets),
              static_cast<unsigned long long>(sums.missing),
              static_cast<unsigned long long>(sums.disordered));
  std::printf("\"sendingSeconds\":%.6f,\"p50\":%zu,\"p99\":%zu}\n",
              static_cast<double>(lastSent - firstSent) / 1e9, latencies.percentile(0.5),
              latencies.percentile(0.99));
  return 0;
}

}  // namespace
}  // namespace nmcap::bench

int main(int argc, char** argv) {
  return nmcap::bench::runMain("load_check", nmcap::bench::run, argc, argv);
}
