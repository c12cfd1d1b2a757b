// Writes pcapng Enhanced Packet Blocks (draft-ietf-opsawg-pcapng, section 4.3) in host byte order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace nmcap {

// What all blocks of one sync of one ring share.
struct EpbContext {
  std::uint32_t interfaceId;
  std::uint32_t timeHigh;  // microseconds since 1970, in two words
  std::uint32_t timeLow;
  std::uint32_t queue;
  bool hasQueue;  // write epb_queue: the port has more than one ring
};

inline constexpr std::uint32_t kEpbType = 6;
inline constexpr std::size_t kEpbHeaderSize = 28;
inline constexpr std::size_t kEpbOptionSize = 8;   // each of the two: code, length and one word
inline constexpr std::size_t kEpbTrailerSize = 8;  // opt_endofopt and the closing length

// Option codes and values.
inline constexpr std::uint16_t kEpbComment = 1;
inline constexpr std::uint16_t kEpbFlags = 2;
inline constexpr std::uint16_t kEpbQueue = 6;
inline constexpr std::uint32_t kEpbInbound = 1;
inline constexpr std::uint32_t kEpbOutbound = 2;

constexpr std::size_t padded(std::size_t length) { return (length + 3) & ~std::size_t{3}; }

// Bytes of a block that holds `captured` bytes of a frame and a comment, if it is not empty.
constexpr std::size_t epbSize(std::size_t captured, bool hasQueue, std::size_t comment = 0) {
  return kEpbHeaderSize + padded(captured) + kEpbOptionSize + (hasQueue ? kEpbOptionSize : 0) +
         (comment != 0 ? 4 + padded(comment) : 0) + kEpbTrailerSize;
}

// Bytes that writeEpb() may write past the end of a block: it copies in whole cache lines.
inline constexpr std::size_t kEpbSlack = 64;

// A frame in memory: `length` bytes without FCS, in a buffer that ends `room` bytes after `data`.
struct FrameView {
  const std::uint8_t* data;
  std::uint32_t length;
  std::uint32_t room;
};

// Short frames are copied in whole cache lines where their buffer is long enough: for these, a copy
// of the exact length takes longer than the extra bytes.
inline void copyFrame(std::uint8_t* out, FrameView frame, std::uint32_t captured) {
  constexpr std::uint32_t kLine = 64;
  constexpr std::uint32_t kShort = 4 * kLine;
  if (captured <= kShort && ((captured + kLine - 1) & ~(kLine - 1)) <= frame.room) {
    for (std::uint32_t i = 0; i < captured; i += kLine) std::memcpy(out + i, frame.data + i, kLine);
  } else {
    std::memcpy(out, frame.data, captured);
  }
}

// Writes one block to `out`, which has room for epbSize(captured, context.hasQueue, comment.size())
// bytes and kEpbSlack more, and returns its end.
[[gnu::always_inline]] inline std::uint8_t* writeEpb(std::uint8_t* out, const EpbContext& context,
                                                     bool outbound, FrameView frame,
                                                     std::uint32_t captured,
                                                     std::string_view comment = {}) {
  const auto word = [&out](std::uint32_t value) {
    std::memcpy(out, &value, sizeof value);
    out += sizeof value;
  };
  const auto option = [&out](std::uint16_t code, std::size_t length) {
    const auto size = static_cast<std::uint16_t>(length);
    std::memcpy(out, &code, sizeof code);
    std::memcpy(out + sizeof code, &size, sizeof size);
    out += sizeof code + sizeof size;
  };
  const auto total =
      static_cast<std::uint32_t>(epbSize(captured, context.hasQueue, comment.size()));
  word(kEpbType);
  word(total);
  word(context.interfaceId);
  word(context.timeHigh);
  word(context.timeLow);
  word(captured);
  word(frame.length);
  copyFrame(out, frame, captured);
  std::memset(out + captured, 0, 4);
  out += padded(captured);
  option(kEpbFlags, sizeof(std::uint32_t));
  word(outbound ? kEpbOutbound : kEpbInbound);
  if (context.hasQueue) {
    option(kEpbQueue, sizeof(std::uint32_t));
    word(context.queue);
  }
  if (!comment.empty()) {
    option(kEpbComment, comment.size());
    std::memcpy(out, comment.data(), comment.size());
    std::memset(out + comment.size(), 0, 4);
    out += padded(comment.size());
  }
  word(0);  // opt_endofopt
  word(total);
  return out;
}

// What is read of a block that writeEpb() wrote.
inline std::uint32_t epbWord(const std::uint8_t* at) {
  std::uint32_t value;
  std::memcpy(&value, at, sizeof value);
  return value;
}
inline std::uint32_t epbLength(const std::uint8_t* block) { return epbWord(block + 4); }
inline std::uint32_t epbInterface(const std::uint8_t* block) { return epbWord(block + 8); }
// Microseconds since 1970.
inline std::int64_t epbTime(const std::uint8_t* block) {
  return std::int64_t{epbWord(block + 12)} << 32 | epbWord(block + 16);
}
// The block that ends at `end`: its length stands at both of its ends.
inline const std::uint8_t* epbBefore(const std::uint8_t* end) { return end - epbWord(end - 4); }

}  // namespace nmcap
