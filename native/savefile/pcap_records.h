// Makes pcapng Enhanced Packet Blocks of a classic pcap file's records (draft-ietf-opsawg-pcap,
// section 5), but only of those that are wanted.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "capture/epb.h"

namespace nmcap {

// Which of a record's two lengths comes first: the captured one since version 2.3, and the other in
// some files that claim to have that version (sf-pcap.c). kPadded: the original one, and both
// include what is between the usual header and the packet.
enum class LengthOrder : std::uint8_t { kCapturedFirst, kOriginalFirst, kPadded, kSmallerFirst };

// What all records of a file share.
struct PcapFile {
  bool swapped;                  // in the other byte order than the host's
  std::uint32_t ticksPerSecond;  // of the time stamps
  std::uint32_t longestPacket;   // bytes; more is damage
  std::uint32_t snapshotLength;  // bytes that are kept of a packet
  std::size_t recordHeaderSize;  // bytes, at least kRecordHeaderSize
  LengthOrder lengthOrder;
};

struct PcapConversion {
  std::size_t consumed;   // bytes of records that were taken
  std::size_t produced;   // bytes of blocks
  std::uint32_t packets;  // among them
  // Of these, those without a time: their fraction of a second is a second or more.
  std::uint32_t timeless;
  // Why no more were taken: the next record ends that many bytes from its start, which are not
  // there yet; or, where it is 0, the limit was reached, or the next record's packet has `tooLong`
  // bytes.
  std::size_t needed;
  std::uint32_t tooLong;
};

// Seconds, ticks, captured length, length.
inline constexpr std::size_t kRecordHeaderSize = 16;

// Ticks of a packet block that has no time: no clock gets that far.
inline constexpr std::uint64_t kNoTime = UINT64_MAX;

struct RecordHeader {
  std::uint32_t seconds;
  std::uint32_t fraction;  // ticks
  std::uint32_t captured;  // bytes
  std::uint32_t original;
};

inline std::uint32_t inOrder(std::uint32_t word, bool swapped) {
  return swapped ? __builtin_bswap32(word) : word;
}

inline RecordHeader readRecordHeader(const std::uint8_t* record, const PcapFile& file) {
  RecordHeader header;
  static_assert(sizeof header == kRecordHeaderSize);
  std::memcpy(&header, record, sizeof header);
  if (file.swapped) {
    header = {__builtin_bswap32(header.seconds), __builtin_bswap32(header.fraction),
              __builtin_bswap32(header.captured), __builtin_bswap32(header.original)};
  }
  if (file.lengthOrder == LengthOrder::kCapturedFirst) return header;
  if (file.lengthOrder != LengthOrder::kSmallerFirst || header.captured > header.original) {
    std::swap(header.captured, header.original);
  }
  if (file.lengthOrder == LengthOrder::kPadded) {
    // A length below that becomes one that is refused.
    const auto padding = static_cast<std::uint32_t>(file.recordHeaderSize - kRecordHeaderSize);
    header.captured -= padding;
    header.original -= padding;
  }
  return header;
}

inline std::uint64_t ticksOf(const RecordHeader& header, const PcapFile& file) {
  if (header.fraction >= file.ticksPerSecond) return kNoTime;
  return std::uint64_t{header.seconds} * file.ticksPerSecond + header.fraction;
}

// A block without options, of interface 0, in the file's byte order, with the first `captured`
// bytes of the frame; returns its end. `out` has `space` bytes, enough for the block.
inline std::uint8_t* writeBlockOf(std::uint8_t* out, std::size_t space, bool swapped,
                                  std::uint64_t ticks, FrameView frame, std::uint32_t captured) {
  const std::size_t size = kEpbHeaderSize + padded(captured) + sizeof(std::uint32_t);
  if (space < size) throw std::invalid_argument("there is no room for a packet block");
  std::uint32_t words[] = {kEpbType,
                           static_cast<std::uint32_t>(size),
                           0,
                           static_cast<std::uint32_t>(ticks >> 32),
                           static_cast<std::uint32_t>(ticks),
                           captured,
                           frame.length};
  if (swapped) {
    for (std::uint32_t& word : words) word = __builtin_bswap32(word);
  }
  const std::uint32_t total = words[1];
  static_assert(sizeof words == kEpbHeaderSize);
  std::memcpy(out, words, sizeof words);
  std::uint8_t* const end = out + size;
  if (space >= size + kEpbSlack) {
    copyFrame(out + kEpbHeaderSize, frame, captured);
  } else {
    std::memcpy(out + kEpbHeaderSize, frame.data, captured);
  }
  // The padding, and of the closing length what is written over it.
  std::memset(out + kEpbHeaderSize + captured, 0, sizeof total);
  std::memcpy(end - sizeof total, &total, sizeof total);
  return end;
}

// Takes records from the front of `length` bytes, as many as are whole, until `limit` packets have
// passed. `passes(frame, captured, length)` decides for each whether it is wanted. The blocks go to
// `out`, which has `space` bytes and does not overlap the records; a record of one byte grows most,
// from 17 to 36. Throws std::invalid_argument where they have no room.
template <typename Passes>
PcapConversion convertRecords(const std::uint8_t* records, std::size_t length, std::uint8_t* out,
                              std::size_t space, PcapFile file, std::uint64_t limit,
                              Passes passes) {
  PcapConversion result{};
  while (result.packets < limit) {
    const std::uint8_t* const record = records + result.consumed;
    const std::size_t left = length - result.consumed;
    if (left < file.recordHeaderSize) {
      result.needed = file.recordHeaderSize;
      break;
    }
    const RecordHeader header = readRecordHeader(record, file);
    if (header.captured > file.longestPacket) {
      result.tooLong = header.captured;
      break;
    }
    const std::size_t room = left - file.recordHeaderSize;
    if (header.captured > room) {
      result.needed = file.recordHeaderSize + std::size_t{header.captured};
      break;
    }
    const std::uint8_t* const data = record + file.recordHeaderSize;
    const std::uint32_t captured = std::min(header.captured, file.snapshotLength);
    if (passes(data, captured, header.original)) {
      const FrameView frame{data, header.original,
                            static_cast<std::uint32_t>(std::min<std::size_t>(room, UINT32_MAX))};
      const std::uint64_t ticks = ticksOf(header, file);
      std::uint8_t* const block = out + result.produced;
      result.produced += static_cast<std::size_t>(
          writeBlockOf(block, space - result.produced, file.swapped, ticks, frame, captured) -
          block);
      result.packets++;
      if (ticks == kNoTime) result.timeless++;
    }
    result.consumed += file.recordHeaderSize + header.captured;
  }
  return result;
}

}  // namespace nmcap
