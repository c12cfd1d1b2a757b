#include "savefile/selection.h"

#include <cstring>
#include <stdexcept>

#include "capture/epb.h"

namespace nmcap {
namespace {

constexpr std::size_t kBlockOverhead = 12;
constexpr std::uint32_t kSpbType = 3;
constexpr std::size_t kSpbHeaderSize = 12;
constexpr std::uint32_t kDirectionBits = 3;

std::uint32_t readWord(const std::uint8_t* at, bool swapped) {
  std::uint32_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return inOrder(word, swapped);
}

std::uint16_t readHalf(const std::uint8_t* at, bool swapped) {
  std::uint16_t half = 0;
  std::memcpy(&half, at, sizeof half);
  return swapped ? __builtin_bswap16(half) : half;
}

// What epb_flags says, as far as the options are sound.
Direction directionOf(const std::uint8_t* options, const std::uint8_t* end, bool swapped) {
  auto left = static_cast<std::size_t>(end - options);
  while (left >= 4) {
    const std::uint16_t code = readHalf(options, swapped);
    const std::size_t length = readHalf(options + 2, swapped);
    if (code == 0 || length > left - 4) break;
    if (code == kEpbFlags && length == sizeof(std::uint32_t)) {
      const std::uint32_t bits = readWord(options + 4, swapped) & kDirectionBits;
      return bits == kDirectionBits ? Direction::kUnknown : static_cast<Direction>(bits);
    }
    const std::size_t size = 4 + padded(length);
    if (size > left) break;
    options += size;
    left -= size;
  }
  return Direction::kUnknown;
}

}  // namespace

void Selection::describe(std::size_t first, const std::vector<std::uint32_t>& linkTypes,
                         std::uint32_t snapshotLength) {
  if (first > interfaces_.size()) throw std::invalid_argument("interfaces are left out");
  interfaces_.resize(first);
  for (const std::uint32_t linkType : linkTypes) interfaces_.push_back({linkType});
  snapshotLength_ = snapshotLength;
}

// Nothing if the block is not a packet.
[[gnu::always_inline]] inline std::optional<Selection::Packet> Selection::packetOf(
    const std::uint8_t* block, std::size_t size, bool swapped) const {
  Packet packet{};
  std::size_t header = 0;
  switch (readWord(block, swapped)) {
    case kEpbType:
      header = kEpbHeaderSize;
      if (size < header + 4) throw std::out_of_range("a packet block is cut");
      packet.interface = readWord(block + 8, swapped);
      packet.captured = readWord(block + 20, swapped);
      packet.length = readWord(block + 24, swapped);
      break;
    case kSpbType:
      header = kSpbHeaderSize;
      if (size < header + 4) throw std::out_of_range("a packet block is cut");
      packet.interface = 0;
      packet.length = readWord(block + 8, swapped);
      packet.captured =
          snapshotLength_ == 0 ? packet.length : std::min(packet.length, snapshotLength_);
      break;
    default:
      return std::nullopt;
  }
  if (packet.captured > size - header - 4 || packet.interface >= interfaces_.size()) {
    throw std::out_of_range("a packet block does not hold together");
  }
  packet.data = block + header;
  packet.end = block + size - 4;
  packet.options = block + std::min(header + padded(packet.captured), size - 4);
  return packet;
}

[[gnu::always_inline]] inline bool Selection::passes(const Packet& packet, bool swapped) {
  if (!expression_) return true;
  Interface& from = interfaces_[packet.interface];
  if (!from.met) {
    from.met = true;
    from.filter = filterFor(from.linkType);
  }
  if (from.filter == nullptr) return false;
  const Direction direction = from.filter->asksForDirection()
                                  ? directionOf(packet.options, packet.end, swapped)
                                  : Direction::kUnknown;
  return from.filter->passes(packet.data, packet.captured, packet.length, direction);
}

Selection::Result Selection::select(std::uint8_t* blocks, std::size_t length, bool swapped,
                                    std::uint64_t limit) {
  std::size_t kept = 0;
  std::uint32_t packets = 0;
  for (std::size_t at = 0; at < length;) {
    const std::uint8_t* const block = blocks + at;
    if (length - at < kBlockOverhead) throw std::out_of_range("a block is cut");
    const std::size_t size = readWord(block + 4, swapped);
    if (size < kBlockOverhead || size > length - at) throw std::out_of_range("a block is cut");
    bool keeps = true;
    if (const auto packet = packetOf(block, size, swapped)) {
      keeps = packets < limit && passes(*packet, swapped);
      if (keeps) packets++;
    }
    if (keeps) {
      if (kept != at) std::memmove(blocks + kept, block, size);
      kept += size;
    }
    at += size;
  }
  return {kept, packets};
}

PcapConversion Selection::convert(const std::uint8_t* records, std::size_t length,
                                  std::uint8_t* out, std::size_t space, const PcapFile& file,
                                  std::uint32_t linkType, std::uint64_t limit) {
  if (!expression_) {
    return convertRecords(records, length, out, space, file, limit,
                          [](const std::uint8_t*, std::uint32_t, std::uint32_t) { return true; });
  }
  const PacketFilter* const filter = filterFor(linkType);
  return convertRecords(
      records, length, out, space, file, limit,
      [filter](const std::uint8_t* frame, std::uint32_t captured, std::uint32_t frameLength) {
        return filter != nullptr &&
               filter->passes(frame, captured, frameLength, Direction::kUnknown);
      });
}

std::uint64_t Selection::overruns() const {
  std::uint64_t count = 0;
  for (const auto& [linkType, filter] : filters_) count += filter ? filter->overruns() : 0;
  return count;
}

const PacketFilter* Selection::filterFor(std::uint32_t linkType) {
  auto found = filters_.find(linkType);
  if (found == filters_.end()) {
    found = filters_.try_emplace(linkType).first;
    try {
      found->second.emplace(*expression_, linkType);
    } catch (const FilterError& error) {
      refusals_.push_back({linkType, error.what()});
    }
  }
  return found->second ? &*found->second : nullptr;
}

}  // namespace nmcap
