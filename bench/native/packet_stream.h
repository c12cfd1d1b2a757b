// The packets of a pcapng file or pipe that nmcap wrote on this machine, or of a pcap file that any
// program did: in host byte order, and with the options that nmcap writes. For checks that must
// keep up with a capture.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <vector>

namespace nmcap::bench {

// Other than what is written so.
class MalformedFile final : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Packet {
  const std::uint8_t* data;  // until the next packet is asked for
  std::uint32_t length;      // bytes captured
  std::uint32_t ring;        // epb_queue, 0 without and in pcap
  bool outbound;             // epb_flags, false in pcap
};

class PacketStream {
 public:
  // Reads `fd`, which stays the caller's.
  explicit PacketStream(int fd) : fd_(fd), bytes_(kBufferSize) {}

  // False at the end. Throws MalformedFile, and std::system_error for a failing read.
  bool next(Packet& packet);

  // When the bytes that hold the current packet's end came in; CLOCK_REALTIME, nanoseconds.
  std::uint64_t readAt() const { return readAt_; }

 private:
  static constexpr std::size_t kBufferSize = 4 << 20;

  enum class Format { kUnknown, kPcapng, kPcap };

  bool fill(std::size_t wanted);
  void readMagic();
  bool nextBlock(Packet& packet);
  bool nextRecord(Packet& packet);
  std::uint32_t word(std::size_t at) const;
  void parse(std::size_t length, Packet& packet) const;

  const int fd_;
  std::vector<std::uint8_t> bytes_;
  Format format_ = Format::kUnknown;
  std::size_t begin_ = 0;  // of what is read and not yet handed out
  std::size_t end_ = 0;
  std::uint64_t readAt_ = 0;
};

}  // namespace nmcap::bench
