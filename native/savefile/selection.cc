#include "savefile/selection.h"

#include <cstring>
#include <stdexcept>

#include "capture/epb.h"

namespace nmcap {
namespace {

constexpr std::size_t kBlockOverhead = 12;

std::uint32_t readWord(const std::uint8_t* at, bool swapped) {
  std::uint32_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return inOrder(word, swapped);
}

}  // namespace

Selection::Result Selection::select(std::uint8_t* blocks, std::size_t length, bool swapped,
                                    const std::vector<int>& linkTypes, std::uint64_t limit) {
  std::size_t kept = 0;
  std::uint32_t packets = 0;
  for (std::size_t at = 0; at < length;) {
    const std::uint8_t* const block = blocks + at;
    if (length - at < kBlockOverhead) throw std::out_of_range("a block is cut");
    const std::size_t size = readWord(block + 4, swapped);
    if (size < kBlockOverhead || size > length - at) throw std::out_of_range("a block is cut");
    bool keeps = true;
    if (readWord(block, swapped) == kEpbType) {
      if (size < kEpbHeaderSize + 4) throw std::out_of_range("a packet block is cut");
      const std::uint32_t interface = readWord(block + 8, swapped);
      const std::uint32_t captured = readWord(block + 20, swapped);
      if (captured > size - kEpbHeaderSize - 4 || interface >= linkTypes.size()) {
        throw std::out_of_range("a packet block does not hold together");
      }
      keeps = packets < limit && (!expression_ || filterFor(linkTypes[interface])
                                                      .passes(block + kEpbHeaderSize, captured,
                                                              readWord(block + 24, swapped)));
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
                                  int linkType, std::uint64_t limit) {
  if (!expression_) {
    return convertRecords(records, length, out, space, file, limit,
                          [](const std::uint8_t*, std::uint32_t, std::uint32_t) { return true; });
  }
  const Filter& filter = filterFor(linkType);
  return convertRecords(
      records, length, out, space, file, limit,
      [&filter](const std::uint8_t* frame, std::uint32_t captured, std::uint32_t frameLength) {
        return filter.passes(frame, captured, frameLength);
      });
}

const Filter& Selection::filterFor(int linkType) {
  const auto found = filters_.find(linkType);
  if (found != filters_.end()) return found->second;
  return filters_.try_emplace(linkType, *expression_, linkType).first->second;
}

}  // namespace nmcap
