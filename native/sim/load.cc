#include <algorithm>
#include <chrono>
#include <cstring>
#include <stdexcept>

#include "sim/playlist.h"

namespace nmcap::sim {
namespace {

constexpr std::uint32_t kMinLength = 60;
constexpr std::uint32_t kMaxLength = 65535;

constexpr std::size_t kIpOffset = 14;
constexpr std::size_t kUdpOffset = kIpOffset + 20;
constexpr std::size_t kPortOffset = kUdpOffset + 2;
constexpr std::size_t kSequenceOffset = kUdpOffset + 8;
constexpr std::size_t kSentAtOffset = kSequenceOffset + sizeof(std::uint64_t);
constexpr std::uint64_t kDnsEvery = 100;
constexpr std::uint16_t kDiscardPort = 9;
constexpr std::uint16_t kDnsPort = 53;

void put16(std::uint8_t* place, std::uint32_t value) {
  place[0] = static_cast<std::uint8_t>(value >> 8);
  place[1] = static_cast<std::uint8_t>(value);
}

void put64(std::uint8_t* place, std::uint64_t value) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  value = __builtin_bswap64(value);
#endif
  std::memcpy(place, &value, sizeof value);
}

// Nanoseconds since 1970.
std::uint64_t now() {
  const auto time = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::nanoseconds(time).count());
}

// RFC 1071, section 1.
std::uint16_t headerChecksum(const std::uint8_t* header, std::size_t length) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < length; i += 2) sum += header[i] << 8 | header[i + 1];
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

// Locally administered addresses; 10.0.0.1 is the application, 10.0.0.2 its peer. No UDP checksum
// (RFC 768: zero), so that the numbers after it can change alone.
void writeHeaders(std::uint8_t* frame, std::uint32_t length, Side side) {
  const std::uint8_t application[] = {0x02, 0, 0, 0, 0, 0x01};
  const std::uint8_t peer[] = {0x02, 0, 0, 0, 0, 0x02};
  std::memcpy(frame, side == kTx ? peer : application, 6);
  std::memcpy(frame + 6, side == kTx ? application : peer, 6);
  put16(frame + 12, 0x0800);
  std::uint8_t* const ip = frame + kIpOffset;
  ip[0] = 0x45;
  put16(ip + 2, length - kIpOffset);
  ip[8] = 64;
  ip[9] = 17;
  const std::uint8_t applicationIp[] = {10, 0, 0, 1};
  const std::uint8_t peerIp[] = {10, 0, 0, 2};
  std::memcpy(ip + 12, side == kTx ? applicationIp : peerIp, 4);
  std::memcpy(ip + 16, side == kTx ? peerIp : applicationIp, 4);
  put16(ip + 10, headerChecksum(ip, 20));
  put16(frame + kUdpOffset, 10000);
  put16(frame + kPortOffset, kDiscardPort);
  put16(frame + kUdpOffset + 4, length - kUdpOffset);
}

// The frames of one ring and direction. They are built once; of each frame that is sent only the
// sequence number, the time and the port are written anew.
class Stream {
 public:
  Stream(std::uint32_t length, std::uint16_t ring, Side side)
      : ring_(ring), side_(side), bytes_(kMaxTurn * length, 0) {
    for (std::size_t i = 0; i < kMaxTurn; i++) {
      std::uint8_t* const frame = bytes_.data() + i * length;
      writeHeaders(frame, length, side);
      frames_.push_back({frame, length});
    }
  }

  std::size_t play(Application& application, std::size_t most, FrameCounter& counter) {
    const std::size_t count = std::min(most, kMaxTurn);
    const std::uint64_t sentAt = now();
    for (std::size_t i = 0; i < count; i++) {
      std::uint8_t* const frame = bytes_.data() + i * frames_[i].length;
      put64(frame + kSequenceOffset, next_);
      put64(frame + kSentAtOffset, sentAt);
      put16(frame + kPortOffset, untilDns_ == 0 ? kDnsPort : kDiscardPort);
      untilDns_ = untilDns_ == 0 ? kDnsEvery - 1 : untilDns_ - 1;
      next_++;
    }
    counter.count(ring_, side_, count);
    if (side_ == kTx) {
      application.send(ring_, frames_.data(), count);
    } else {
      application.receive(ring_, frames_.data(), count);
    }
    return count;
  }

 private:
  std::uint16_t ring_;
  Side side_;
  std::vector<std::uint8_t> bytes_;
  std::vector<WireFrame> frames_;  // they lie in bytes_
  std::uint64_t next_ = 0;
  std::uint64_t untilDns_ = kDnsEvery - 1;
};

class Load final : public Playlist {
 public:
  Load(std::uint32_t length, LoadDirections directions, std::uint16_t rings) {
    for (std::uint16_t ring = 0; ring < rings; ring++) {
      if (directions != LoadDirections::kRx) streams_.emplace_back(length, ring, kTx);
      if (directions != LoadDirections::kTx) streams_.emplace_back(length, ring, kRx);
    }
  }

  std::size_t play(Application& application, std::size_t most, FrameCounter& counter) override {
    Stream& stream = streams_[turn_];
    turn_ = turn_ + 1 == streams_.size() ? 0 : turn_ + 1;
    return stream.play(application, most, counter);
  }

 private:
  std::vector<Stream> streams_;
  std::size_t turn_ = 0;
};

}  // namespace

std::unique_ptr<Playlist> makeLoad(std::uint32_t length, LoadDirections directions,
                                   Application& application) {
  if (length < kMinLength || length > kMaxLength || length > application.longestFrame()) {
    throw std::invalid_argument("load frames have 60 to 65535 bytes and fit a ring");
  }
  return std::make_unique<Load>(length, directions, application.rings());
}

}  // namespace nmcap::sim
