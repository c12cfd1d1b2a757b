// Makes pcapng Enhanced Packet Blocks of a classic pcap file's records (draft-ietf-opsawg-pcap,
// section 5), of those alone that are wanted.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>

#include "capture/epb.h"

namespace nmcap {

// What all records of a file share.
struct PcapFile {
  bool swapped;                  // in the other byte order than the host's
  std::uint32_t ticksPerSecond;  // of the time stamps
  std::uint32_t longestPacket;   // bytes; more is damage
};

struct PcapConversion {
  std::size_t consumed;   // bytes of records that were taken
  std::size_t produced;   // bytes of blocks
  std::uint32_t packets;  // among them
  // Why no more were taken: the next record ends that many bytes from its start, which are not
  // there yet; or, where it is 0, the limit was reached, or the next record's packet has `tooLong`
  // bytes.
  std::size_t needed;
  std::uint32_t tooLong;
};

inline constexpr std::size_t kRecordHeaderSize = 16;

inline std::uint32_t inOrder(std::uint32_t word, bool swapped) {
  return swapped ? __builtin_bswap32(word) : word;
}

// A block without options, of interface 0, in the file's byte order, in which `header` is; returns
// its end. `out` has `space` bytes, enough for the block.
inline std::uint8_t* writeBlockOf(std::uint8_t* out, std::size_t space, const PcapFile& file,
                                  const std::uint32_t (&header)[4], FrameView frame,
                                  std::uint32_t captured) {
  const std::size_t size = kEpbHeaderSize + padded(captured) + sizeof(std::uint32_t);
  if (space < size) throw std::invalid_argument("there is no room for a packet block");
  const std::uint32_t total = inOrder(static_cast<std::uint32_t>(size), file.swapped);
  const std::uint64_t ticks =
      std::uint64_t{inOrder(header[0], file.swapped)} * file.ticksPerSecond +
      inOrder(header[1], file.swapped);
  const std::uint32_t words[] = {inOrder(kEpbType, file.swapped),
                                 total,
                                 0,
                                 inOrder(static_cast<std::uint32_t>(ticks >> 32), file.swapped),
                                 inOrder(static_cast<std::uint32_t>(ticks), file.swapped),
                                 header[2],
                                 header[3]};
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
// passed. `passes(frame, captured, length)` says of each whether it is wanted. The blocks go to
// `out`, which has `space` bytes and does not overlap the records; a record of one byte grows most,
// from 17 to 36. Throws std::invalid_argument where they have no room.
template <typename Passes>
PcapConversion convertRecords(const std::uint8_t* records, std::size_t length, std::uint8_t* out,
                              std::size_t space, const PcapFile& file, std::uint64_t limit,
                              Passes passes) {
  PcapConversion result{};
  while (result.packets < limit) {
    const std::uint8_t* const record = records + result.consumed;
    const std::size_t left = length - result.consumed;
    if (left < kRecordHeaderSize) {
      result.needed = kRecordHeaderSize;
      break;
    }
    std::uint32_t header[4];  // seconds, ticks, captured length, length; in the file's byte order
    std::memcpy(header, record, sizeof header);
    const std::uint32_t captured = inOrder(header[2], file.swapped);
    if (captured > file.longestPacket) {
      result.tooLong = captured;
      break;
    }
    if (captured > left - kRecordHeaderSize) {
      result.needed = kRecordHeaderSize + std::size_t{captured};
      break;
    }
    const std::uint8_t* const data = record + kRecordHeaderSize;
    const std::uint32_t onWire = inOrder(header[3], file.swapped);
    if (passes(data, captured, onWire)) {
      const std::size_t room = std::min<std::size_t>(left - kRecordHeaderSize, UINT32_MAX);
      const FrameView frame{data, onWire, static_cast<std::uint32_t>(room)};
      std::uint8_t* const block = out + result.produced;
      result.produced += static_cast<std::size_t>(
          writeBlockOf(block, space - result.produced, file, header, frame, captured) - block);
      result.packets++;
    }
    result.consumed += kRecordHeaderSize + captured;
  }
  return result;
}

}  // namespace nmcap
