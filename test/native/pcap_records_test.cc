// The blocks that become of a pcap file's records. Records and blocks lie in memory of exactly
// their size, so that AddressSanitizer sees a byte too many.
#include "savefile/pcap_records.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <stdexcept>
#include <utility>
#include <vector>

#include "check.h"

using nmcap::LengthOrder;
using nmcap::PcapConversion;
using nmcap::PcapFile;
using Bytes = std::vector<std::uint8_t>;

namespace {

constexpr PcapFile kFile{false, 1'000'000, 262'144, 262'144, 16, LengthOrder::kCapturedFirst};

// As kFile, with some of it changed.
template <typename Change>
PcapFile with(Change change) {
  PcapFile file = kFile;
  change(file);
  return file;
}

void putWord(Bytes& bytes, std::uint32_t word, bool swapped) {
  word = nmcap::inOrder(word, swapped);
  const auto* const from = reinterpret_cast<const std::uint8_t*>(&word);
  bytes.insert(bytes.end(), from, from + sizeof word);
}

std::uint32_t wordAt(const Bytes& bytes, std::size_t at, bool swapped) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes.data() + at, sizeof word);
  return nmcap::inOrder(word, swapped);
}

// A record whose packet has the bytes 1, 2, 3…
void putRecord(Bytes& records, std::uint32_t captured, bool swapped = false,
               std::uint32_t seconds = 1) {
  for (const std::uint32_t word : {seconds, 2u, captured, captured + 7}) {
    putWord(records, word, swapped);
  }
  for (std::uint32_t i = 0; i < captured; i++) records.push_back(static_cast<std::uint8_t>(i + 1));
}

bool all(const std::uint8_t*, std::uint32_t, std::uint32_t) { return true; }

template <typename Passes = decltype(&all)>
PcapConversion convert(const Bytes& records, Bytes& blocks, const PcapFile& file = kFile,
                       std::uint64_t limit = UINT64_MAX, Passes passes = all) {
  const PcapConversion result = nmcap::convertRecords(records.data(), records.size(), blocks.data(),
                                                      blocks.size(), file, limit, passes);
  HOLDS(result.consumed <= records.size() && result.produced <= blocks.size());
  return result;
}

}  // namespace

TEST("a record becomes a block, whatever its length and the byte order") {
  for (const bool swapped : {false, true}) {
    for (std::uint32_t captured = 0; captured < 600; captured++) {
      Bytes records;
      putRecord(records, captured, swapped, 0xffffffff);
      const std::size_t size = 32 + nmcap::padded(captured);
      for (const std::size_t space : {size, size + nmcap::kEpbSlack}) {
        Bytes blocks(space, 0xee);
        const PcapFile file = with([swapped = swapped](PcapFile& changed) {
          changed.swapped = swapped;
          changed.ticksPerSecond = 1'000'000'000;
        });
        const PcapConversion result = convert(records, blocks, file);
        EQUAL(result.consumed, records.size());
        EQUAL(result.produced, size);
        EQUAL(result.packets, 1u);
        EQUAL(result.needed, nmcap::kRecordHeaderSize);
        const std::uint64_t ticks = 0xffffffffull * 1'000'000'000 + 2;
        const std::uint32_t words[] = {6,
                                       static_cast<std::uint32_t>(size),
                                       0,
                                       static_cast<std::uint32_t>(ticks >> 32),
                                       static_cast<std::uint32_t>(ticks),
                                       captured,
                                       captured + 7};
        for (std::size_t i = 0; i < std::size(words); i++) {
          EQUAL(wordAt(blocks, 4 * i, swapped), words[i]);
        }
        for (std::size_t i = 0; i < nmcap::padded(captured); i++) {
          EQUAL(int{blocks[28 + i]}, i < captured ? int{static_cast<std::uint8_t>(i + 1)} : 0);
        }
        EQUAL(wordAt(blocks, size - 4, swapped), size);
      }
    }
  }
}

TEST("records are taken as far as they are whole") {
  Bytes records;
  putRecord(records, 100);
  const std::size_t first = records.size();
  putRecord(records, 30);
  for (std::size_t length = first; length < records.size(); length++) {
    const Bytes cut(records.begin(), records.begin() + static_cast<std::ptrdiff_t>(length));
    Bytes blocks(1000);
    const PcapConversion result = convert(cut, blocks);
    EQUAL(result.consumed, first);
    EQUAL(result.packets, 1u);
    EQUAL(result.tooLong, 0u);
    EQUAL(result.needed, length - first < 16 ? 16u : 46u);
  }
}

TEST("a packet that is too long is told, not read") {
  for (const std::uint32_t captured : {262'145u, 0x7fffffffu, 0xffffffffu}) {
    Bytes records;
    putRecord(records, 1);
    for (const std::uint32_t word : {1u, 2u, captured, captured}) putWord(records, word, false);
    Bytes blocks(1000);
    const PcapConversion result = convert(records, blocks);
    EQUAL(result.consumed, 17u);
    EQUAL(result.tooLong, captured);
    EQUAL(result.needed, 0u);
  }
}

TEST("a packet is cut to the file's snapshot length, as the filter sees it") {
  Bytes records;
  for (const std::uint32_t captured : {10u, 4u, 5u}) putRecord(records, captured);
  const auto isCut = [](const std::uint8_t*, std::uint32_t captured, std::uint32_t length) {
    HOLDS(captured <= 5);
    return length > 11;
  };
  Bytes blocks(1000);
  const PcapFile file = with([](PcapFile& changed) { changed.snapshotLength = 5; });
  const PcapConversion result = convert(records, blocks, file, UINT64_MAX, isCut);
  EQUAL(result.consumed, records.size());
  EQUAL(result.packets, 2u);
  for (const std::size_t block : {0u, 40u}) {
    EQUAL(wordAt(blocks, block + 4, false), 40u);
    EQUAL(wordAt(blocks, block + 20, false), 5u);
    EQUAL(int{blocks[block + 28 + 4]}, 5);
    EQUAL(int{blocks[block + 28 + 5]}, 0);
  }
  EQUAL(wordAt(blocks, 24, false), 17u);
}

TEST("the two lengths stand in the order of the file's version") {
  const std::array<std::pair<LengthOrder, std::uint32_t>, 3> kCases = {
      {{LengthOrder::kCapturedFirst, 9},
       {LengthOrder::kOriginalFirst, 3},
       {LengthOrder::kSmallerFirst, 3}}};
  for (const auto& [order, captured] : kCases) {
    Bytes records;
    for (const std::uint32_t word : {1u, 2u, 9u, 3u}) putWord(records, word, false);
    records.resize(records.size() + captured);
    Bytes blocks(1000);
    const LengthOrder lengthOrder = order;
    const PcapConversion result =
        convert(records, blocks,
                with([lengthOrder](PcapFile& changed) { changed.lengthOrder = lengthOrder; }));
    EQUAL(result.consumed, records.size());
    EQUAL(wordAt(blocks, 20, false), captured);
    EQUAL(wordAt(blocks, 24, false), 12 - captured);
  }
}

TEST("padding that the lengths include is no part of the packet") {
  const auto padded = with([](PcapFile& changed) {
    changed.lengthOrder = LengthOrder::kPadded;
    changed.recordHeaderSize = nmcap::kRecordHeaderSize + 3;
  });
  for (const std::uint32_t captured : {7u, 3u, 2u}) {
    Bytes records;
    for (const std::uint32_t word : {1u, 2u, 9u, captured}) putWord(records, word, false);
    records.resize(records.size() + std::max(captured, 3u), 5);
    Bytes blocks(1000);
    const PcapConversion result = convert(records, blocks, padded);
    if (captured < 3) {
      EQUAL(result.packets, 0u);
      EQUAL(result.tooLong, UINT32_MAX);
      continue;
    }
    EQUAL(result.consumed, records.size());
    EQUAL(wordAt(blocks, 20, false), captured - 3);
    EQUAL(wordAt(blocks, 24, false), 6u);
  }
}

TEST("longer record headers are stepped over") {
  Bytes records;
  for (const std::uint32_t word : {1u, 2u, 3u, 3u, 0xeeeeeeeeu, 0xeeeeeeeeu}) {
    putWord(records, word, false);
  }
  for (const std::uint8_t byte : {7, 8, 9}) records.push_back(byte);
  Bytes blocks(1000);
  const PcapFile file = with([](PcapFile& changed) { changed.recordHeaderSize = 24; });
  const PcapConversion result = convert(records, blocks, file);
  EQUAL(result.consumed, 27u);
  EQUAL(int{blocks[28]}, 7);
  EQUAL(result.needed, 24u);
}

TEST("a time with too large a fraction of a second is none") {
  for (const std::uint32_t fraction : {999'999u, 1'000'000u, 0xffffffffu}) {
    Bytes records;
    for (const std::uint32_t word : {1u, fraction, 0u, 0u}) putWord(records, word, false);
    Bytes blocks(1000);
    const PcapConversion result = convert(records, blocks);
    EQUAL(result.timeless, fraction == 999'999 ? 0u : 1u);
    EQUAL(wordAt(blocks, 12, false), fraction == 999'999 ? 0u : 0xffffffffu);
    EQUAL(wordAt(blocks, 16, false), fraction == 999'999 ? 1'999'999u : 0xffffffffu);
  }
}

TEST("only what passes becomes a block, and no more than the limit") {
  Bytes records;
  for (std::uint32_t captured = 0; captured < 100; captured++) putRecord(records, captured);
  const auto isEven = [](const std::uint8_t* data, std::uint32_t captured, std::uint32_t length) {
    EQUAL(length, captured + 7);
    if (captured > 0) EQUAL(int{data[captured - 1]}, int{static_cast<std::uint8_t>(captured)});
    return captured % 2 == 0;
  };
  Bytes blocks(20'000);
  const PcapConversion result = convert(records, blocks, kFile, 10, isEven);
  EQUAL(result.packets, 10u);
  EQUAL(result.needed, 0u);
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < 10; i++) {
    EQUAL(wordAt(blocks, at + 20, false), 2 * i);
    at += wordAt(blocks, at + 4, false);
  }
  EQUAL(at, result.produced);
  // Up to the tenth that passed: 0 to 18 bytes of data.
  EQUAL(result.consumed, 19u * 16 + 18 * 19 / 2);
}

TEST("blocks that have no room are refused") {
  Bytes records;
  putRecord(records, 5);
  Bytes blocks(39);
  bool refused = false;
  try {
    convert(records, blocks);
  } catch (const std::invalid_argument&) {
    refused = true;
  }
  HOLDS(refused);
}

TEST("any bytes are records or damage") {
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; i++) {
    Bytes records;
    while (records.size() < random() % 300) {
      putRecord(records, random() % 60, random() % 4 == 0);
    }
    for (std::size_t broken = random() % 4; broken > 0 && !records.empty(); broken--) {
      records[random() % records.size()] = static_cast<std::uint8_t>(random());
    }
    Bytes blocks((records.size() * 36 + 16) / 17);
    const PcapFile file = with([&random](PcapFile& changed) {
      changed.swapped = random() % 2 == 0;
      changed.longestPacket = random() % 100;
      changed.snapshotLength = random() % 100;
      changed.recordHeaderSize = random() % 2 == 0 ? 16 : 24;
      changed.lengthOrder = static_cast<LengthOrder>(random() % 3);
    });
    const PcapConversion result = convert(records, blocks, file);
    std::size_t blocksEnd = 0;
    for (std::uint32_t packet = 0; packet < result.packets; packet++) {
      blocksEnd += wordAt(blocks, blocksEnd + 4, file.swapped);
      HOLDS(blocksEnd <= result.produced);
    }
    EQUAL(blocksEnd, result.produced);
    HOLDS(result.tooLong > file.longestPacket || result.needed > records.size() - result.consumed);
  }
}
