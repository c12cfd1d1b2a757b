#include <cstring>
#include <stdexcept>
#include <utility>

#include "sim/playlist.h"

namespace nmcap::sim {
namespace {

struct EntryHeader {
  std::uint32_t length;
  std::uint16_t ring;
  std::uint8_t direction;
  std::uint8_t zero;
};
static_assert(sizeof(EntryHeader) == 8);

constexpr std::uint8_t kReceived = 1;
constexpr std::uint8_t kSent = 2;

struct Entry {
  WireFrame frame;
  std::uint16_t ring;
  Side side;
};

std::vector<Entry> unpack(const std::vector<std::uint8_t>& packed, Application& application) {
  std::vector<Entry> entries;
  for (std::size_t place = 0; place < packed.size();) {
    EntryHeader header;
    if (packed.size() - place < sizeof(header)) throw std::invalid_argument("frame list is cut");
    std::memcpy(&header, packed.data() + place, sizeof(header));
    place += sizeof(header);
    const std::size_t padded = (std::size_t{header.length} + 3) / 4 * 4;
    if (padded > packed.size() - place) throw std::invalid_argument("frame list is cut");
    if (header.length == 0) throw std::invalid_argument("frame list has an empty frame");
    if (header.length > application.longestFrame()) {
      throw std::invalid_argument("frame list has a frame longer than a ring takes");
    }
    if (header.direction != kReceived && header.direction != kSent) {
      throw std::invalid_argument("frame list has a frame without direction");
    }
    entries.push_back({{packed.data() + place, header.length},
                       static_cast<std::uint16_t>(header.ring % application.rings()),
                       header.direction == kSent ? kTx : kRx});
    place += padded;
  }
  return entries;
}

class FrameList final : public Playlist {
 public:
  FrameList(std::vector<std::uint8_t> packed, bool repeat, Application& application)
      : packed_(std::move(packed)), entries_(unpack(packed_, application)), repeat_(repeat) {}

  std::size_t play(Application& application, std::size_t most, FrameCounter& counter) override {
    if (next_ == entries_.size() && repeat_) next_ = 0;
    if (next_ == entries_.size()) return 0;
    const Entry& first = entries_[next_];
    batch_.clear();
    while (next_ < entries_.size() && batch_.size() < most && entries_[next_].ring == first.ring &&
           entries_[next_].side == first.side) {
      batch_.push_back(entries_[next_++].frame);
    }
    counter.count(first.ring, first.side, batch_.size());
    if (first.side == kTx) {
      application.send(first.ring, batch_.data(), batch_.size());
    } else {
      application.receive(first.ring, batch_.data(), batch_.size());
    }
    return batch_.size();
  }

 private:
  const std::vector<std::uint8_t> packed_;
  const std::vector<Entry> entries_;  // their frames lie in packed_
  const bool repeat_;
  std::size_t next_ = 0;
  std::vector<WireFrame> batch_;
};

}  // namespace

std::unique_ptr<Playlist> makeFrameList(std::vector<std::uint8_t> packed, bool repeat,
                                        Application& application) {
  return std::make_unique<FrameList>(std::move(packed), repeat, application);
}

}  // namespace nmcap::sim
