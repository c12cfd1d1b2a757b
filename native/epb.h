// Writes pcapng Enhanced Packet Blocks (draft-ietf-opsawg-pcapng, section 4.3) in host byte order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

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
inline constexpr std::size_t kEpbOptionSize = 8;  // each of the two: code, length and one word
inline constexpr std::size_t kEpbTrailerSize = 8;  // opt_endofopt and the closing length

// Option codes and values.
inline constexpr std::uint16_t kEpbFlags = 2;
inline constexpr std::uint16_t kEpbQueue = 6;
inline constexpr std::uint32_t kEpbInbound = 1;
inline constexpr std::uint32_t kEpbOutbound = 2;

constexpr std::size_t padded(std::size_t length) { return (length + 3) & ~std::size_t{3}; }

// Bytes of a block that holds `captured` bytes of a frame.
constexpr std::size_t epbSize(std::size_t captured, bool hasQueue) {
  return kEpbHeaderSize + padded(captured) + kEpbOptionSize + (hasQueue ? kEpbOptionSize : 0) +
         kEpbTrailerSize;
}

// Writes one block to `out`, which has room for epbSize(captured, context.hasQueue) bytes, and
// returns its end. `original`: frame length on the wire, without FCS.
inline std::uint8_t* writeEpb(std::uint8_t* out, const EpbContext& context, bool outbound,
                              const std::uint8_t* data, std::uint32_t captured,
                              std::uint32_t original) {
  const auto word = [&out](std::uint32_t value) {
    std::memcpy(out, &value, sizeof value);
    out += sizeof value;
  };
  const auto option = [&out, &word](std::uint16_t code, std::uint32_t value) {
    const std::uint16_t head[2] = {code, sizeof value};
    std::memcpy(out, head, sizeof head);
    out += sizeof head;
    word(value);
  };
  const auto total = static_cast<std::uint32_t>(epbSize(captured, context.hasQueue));
  word(kEpbType);
  word(total);
  word(context.interfaceId);
  word(context.timeHigh);
  word(context.timeLow);
  word(captured);
  word(original);
  // The padding first: the frame's bytes then overwrite all of it but what stays padding.
  const std::size_t room = padded(captured);
  if (room != captured) std::memset(out + room - 4, 0, 4);
  std::memcpy(out, data, captured);
  out += room;
  option(kEpbFlags, outbound ? kEpbOutbound : kEpbInbound);
  if (context.hasQueue) option(kEpbQueue, context.queue);
  word(0);  // opt_endofopt
  word(total);
  return out;
}

}  // namespace nmcap
