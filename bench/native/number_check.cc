// Which of frame_sender's frames are in a savefile, pcap or pcapng:
//
//   number_check FILE SKIP FROM TO     one line of JSON
//
//   packets      packets in the file
//   span         numbers from that of packet SKIP to the last one
//   missing      of these, numbers that are not there
//   within       packets with numbers from FROM to below TO
//   disordered   packets whose number is not above the one before
#include <fcntl.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "numbered_frame.h"
#include "packet_stream.h"
#include "run_main.h"

namespace nmcap::bench {
namespace {

struct Numbers {
  const std::uint64_t skip;
  const std::uint64_t from;
  const std::uint64_t to;
  std::uint64_t packets = 0;
  std::uint64_t span = 0;
  std::uint64_t missing = 0;
  std::uint64_t within = 0;
  std::uint64_t disordered = 0;
  std::uint64_t next = 0;  // least number that may come

  void take(std::uint64_t number) {
    if (number >= from && number < to) within++;
    const bool counts = packets >= skip;
    const bool begins = packets == skip;
    packets++;
    if (number < next) {
      disordered++;
      return;
    }
    if (counts) {
      // What is missing just before the first packet that counts is not counted.
      span += begins ? 1 : number - next + 1;
      missing += begins ? 0 : number - next;
    }
    next = number + 1;
  }
};

int run(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: number_check FILE SKIP FROM TO\n");
    return 2;
  }
  const int fd = ::open(argv[1], O_RDONLY | O_CLOEXEC);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), argv[1]);
  const auto number = [](const char* text) { return std::strtoull(text, nullptr, 10); };
  Numbers numbers{number(argv[2]), number(argv[3]), number(argv[4])};
  PacketStream stream(fd);
  for (Packet packet{}; stream.next(packet);) {
    if (packet.length < kSequenceOffset + 8) throw MalformedFile("a frame without a number");
    numbers.take(bigEndian64(packet.data + kSequenceOffset));
  }
  std::printf("{\"packets\":%llu,\"span\":%llu,\"missing\":%llu,\"within\":%llu,",
              static_cast<unsigned long long>(numbers.packets),
              static_cast<unsigned long long>(numbers.span),
              static_cast<unsigned long long>(numbers.missing),
              static_cast<unsigned long long>(numbers.within));
  std::printf("\"disordered\":%llu}\n", static_cast<unsigned long long>(numbers.disordered));
  return 0;
}

}  // namespace
}  // namespace nmcap::bench

int main(int argc, char** argv) {
  return nmcap::bench::runMain("number_check", nmcap::bench::run, argc, argv);
}
