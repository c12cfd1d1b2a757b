// The blocks that become of a pcap file's records. Records and blocks lie in memory of exactly
// their size, so that AddressSanitizer sees a byte too many.
#include "savefile/pcap_records.h"

#include <cstdint>
#include <random>
#include <stdexcept>
#include <vector>

#include "check.h"

using nmcap::PcapConversion;
using nmcap::PcapFile;
using Bytes = std::vector<std::uint8_t>;

namespace {

constexpr PcapFile kFile{false, 1'000'000, 262'144};

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
        const PcapFile file{swapped, 1'000'000'000, 262'144};
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
    const PcapFile file{random() % 2 == 0, 1'000'000, static_cast<std::uint32_t>(random() % 100)};
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
