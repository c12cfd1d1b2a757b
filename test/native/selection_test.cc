// Selecting packets among pcapng blocks, which lie in memory of exactly their size.
#include "savefile/selection.h"

#include <cstdint>
#include <random>
#include <stdexcept>
#include <vector>

#include "check.h"

using nmcap::Selection;
using Bytes = std::vector<std::uint8_t>;

namespace {

void putWord(Bytes& bytes, std::uint32_t word) {
  const auto* const from = reinterpret_cast<const std::uint8_t*>(&word);
  bytes.insert(bytes.end(), from, from + sizeof word);
}

Bytes frame() {
  Bytes bytes(60);
  bytes[12] = 8;
  return bytes;
}

// An enhanced packet block with its direction.
void putPacket(Bytes& blocks, std::uint32_t interface, std::uint32_t flags) {
  const Bytes data = frame();
  const auto captured = static_cast<std::uint32_t>(data.size());
  const std::uint32_t size = 28 + captured + 12 + 4;
  for (const std::uint32_t word : {6u, size, interface, 0u, 0u, captured, captured}) {
    putWord(blocks, word);
  }
  blocks.insert(blocks.end(), data.begin(), data.end());
  for (const std::uint32_t word : {2u | (4u << 16), flags, 0u, size}) putWord(blocks, word);
}

void putSimple(Bytes& blocks, std::uint32_t original) {
  const Bytes data = frame();
  const auto size = static_cast<std::uint32_t>(12 + data.size() + 4);
  for (const std::uint32_t word : {3u, size, original}) putWord(blocks, word);
  blocks.insert(blocks.end(), data.begin(), data.end());
  putWord(blocks, size);
}

}  // namespace

TEST("selection: simple packets are of interface 0, cut to its snapshot length") {
  Selection selection("less 60 or ip");
  selection.describe(0, {1}, 60);
  Bytes blocks;
  for (const std::uint32_t original : {60u, 1000u}) putSimple(blocks, original);
  const auto [length, packets] = selection.select(blocks.data(), blocks.size(), false, 10);
  EQUAL(packets, 2u);
  EQUAL(length, blocks.size());
  Selection unlimited("ip");
  unlimited.describe(0, {1}, 0);
  bool refused = false;
  try {
    unlimited.select(blocks.data(), blocks.size(), false, 10);
  } catch (const std::out_of_range&) {
    refused = true;
  }
  HOLDS(refused);
}

TEST("selection: each interface has its own program, and none where there can be none") {
  Selection selection("outbound and ip");
  selection.describe(0, {1, 147}, 0);
  Bytes blocks;
  for (const std::uint32_t interface : {0u, 1u, 1u, 0u}) putPacket(blocks, interface, 2);
  putPacket(blocks, 0, 1);
  putPacket(blocks, 0, 3);
  EQUAL(selection.select(blocks.data(), blocks.size(), false, 10).packets, 2u);
  const auto refusals = selection.takeRefusals();
  EQUAL(refusals.size(), 1u);
  EQUAL(refusals.front().linkType, 147u);
  EQUAL(selection.takeRefusals().size(), 0u);
  // Another section's interfaces.
  selection.describe(0, {1, 1}, 0);
  Bytes others;
  putPacket(others, 1, 2);
  EQUAL(selection.select(others.data(), others.size(), false, 10).packets, 1u);
}

TEST("selection: any blocks are selected from or refused") {
  std::mt19937 random(11);
  Selection selection("outbound or udp");
  selection.describe(0, {1, 101}, 40);
  for (int i = 0; i < 20'000; i++) {
    Bytes blocks;
    for (std::size_t count = random() % 4; count > 0; count--) {
      if (random() % 2 == 0) putSimple(blocks, random() % 100);
      putPacket(blocks, random() % 3, random() % 4);
    }
    for (std::size_t broken = random() % 4; broken > 0 && !blocks.empty(); broken--) {
      blocks[random() % blocks.size()] = static_cast<std::uint8_t>(random());
    }
    Bytes work(blocks);
    try {
      HOLDS(selection.select(work.data(), work.size(), random() % 8 == 0, 3).length <= work.size());
    } catch (const std::out_of_range&) {
      // Damaged.
    }
  }
}
