#include "packet_stream.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <system_error>

#include "capture/epb.h"

namespace nmcap::bench {
namespace {

constexpr std::size_t kBlockHead = 8;  // type and length
constexpr std::size_t kMinBlockSize = 12;

// draft-ietf-opsawg-pcap: time stamps in microseconds, in nanoseconds.
constexpr std::uint32_t kPcapMagics[] = {0xa1b2c3d4, 0xa1b23c4d};
constexpr std::size_t kPcapFileHeader = 24;
constexpr std::size_t kPcapRecordHeader = 16;

std::uint64_t now() {
  timespec time{};
  ::clock_gettime(CLOCK_REALTIME, &time);
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 +
         static_cast<std::uint64_t>(time.tv_nsec);
}

}  // namespace

// Reads until `wanted` bytes are there; false when the stream ends before.
bool PacketStream::fill(std::size_t wanted) {
  if (wanted > bytes_.size()) throw MalformedFile("a packet or block longer than any should be");
  if (bytes_.size() - begin_ < wanted) {
    std::memmove(bytes_.data(), bytes_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  while (end_ - begin_ < wanted) {
    const ssize_t count = ::read(fd_, bytes_.data() + end_, bytes_.size() - end_);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw std::system_error(errno, std::generic_category(), "read");
    if (count == 0) return false;
    end_ += static_cast<std::size_t>(count);
    readAt_ = now();
  }
  return true;
}

std::uint32_t PacketStream::word(std::size_t at) const {
  std::uint32_t value;
  std::memcpy(&value, bytes_.data() + begin_ + at, sizeof value);
  return value;
}

bool PacketStream::next(Packet& packet) {
  if (format_ == Format::kUnknown) readMagic();
  return format_ == Format::kPcap ? nextRecord(packet) : nextBlock(packet);
}

void PacketStream::readMagic() {
  const bool isPcap =
      fill(kPcapFileHeader) && (word(0) == kPcapMagics[0] || word(0) == kPcapMagics[1]);
  format_ = isPcap ? Format::kPcap : Format::kPcapng;
  if (isPcap) begin_ += kPcapFileHeader;
}

bool PacketStream::nextRecord(Packet& packet) {
  if (!fill(kPcapRecordHeader)) {
    if (end_ != begin_) throw MalformedFile("the last record is cut");
    return false;
  }
  const std::uint32_t captured = word(8);
  if (!fill(kPcapRecordHeader + captured)) throw MalformedFile("the last record is cut");
  packet = {bytes_.data() + begin_ + kPcapRecordHeader, captured, 0, false};
  begin_ += kPcapRecordHeader + captured;
  return true;
}

bool PacketStream::nextBlock(Packet& packet) {
  while (fill(kBlockHead)) {
    const std::uint32_t type = word(0);
    const std::uint32_t length = word(4);
    if (length < kMinBlockSize || length % 4 != 0) throw MalformedFile("a bad block length");
    if (!fill(length)) throw MalformedFile("the last block is cut");
    if (word(length - 4) != length) throw MalformedFile("a block's two lengths differ");
    const bool isPacket = type == kEpbType;
    if (isPacket) parse(length, packet);
    begin_ += length;
    if (isPacket) return true;
  }
  if (end_ != begin_) throw MalformedFile("the last block is cut");
  return false;
}

void PacketStream::parse(std::size_t length, Packet& packet) const {
  const std::uint32_t captured = word(20);
  const std::size_t optionsEnd = length - 4;
  std::size_t at = kEpbHeaderSize + padded(captured);
  if (captured > length || at > optionsEnd) throw MalformedFile("a packet longer than its block");
  packet = {bytes_.data() + begin_ + kEpbHeaderSize, captured, 0, false};
  while (at + 4 <= optionsEnd) {
    std::uint16_t code;
    std::uint16_t size;
    std::memcpy(&code, bytes_.data() + begin_ + at, sizeof code);
    std::memcpy(&size, bytes_.data() + begin_ + at + sizeof code, sizeof size);
    at += 4;
    if (code == 0) return;
    if (at + padded(size) > optionsEnd) throw MalformedFile("an option longer than its block");
    if (code == kEpbFlags) packet.outbound = word(at) == kEpbOutbound;
    if (code == kEpbQueue) packet.ring = word(at);
    at += padded(size);
  }
}

}  // namespace nmcap::bench
