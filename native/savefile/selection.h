// Selects packets by a filter: from a batch, in place, closing the gaps; from a pcap file, while
// its records become a batch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "filter/packet_filter.h"
#include "savefile/pcap_records.h"

namespace nmcap {

class Selection {
 public:
  struct Result {
    std::size_t length;     // bytes that stay
    std::uint32_t packets;  // packets among them
  };

  // A link type whose packets do not pass, because the filter cannot be compiled for it.
  struct Refusal {
    std::uint32_t linkType;
    std::string reason;  // libpcap's own words
  };

  // Without an expression every packet passes. Compiled for a link type when it first occurs.
  explicit Selection(std::optional<std::string> expression) : expression_(std::move(expression)) {}

  // The section's interfaces from number `first` on, which are new. `snapshotLength`: of interface
  // 0, which simple packets are cut to; 0: no limit.
  void describe(std::size_t first, const std::vector<std::uint32_t>& linkTypes,
                std::uint32_t snapshotLength);

  // `blocks`: whole pcapng blocks of the section that was described, in the other byte order than
  // the host's where `swapped`. Of what passes, packets after the first `limit` are removed too.
  // Blocks other than packets stay. Throws std::out_of_range for blocks that do not hold together.
  Result select(std::uint8_t* blocks, std::size_t length, bool swapped, std::uint64_t limit);

  // As convertRecords(), of a file of that link type.
  PcapConversion convert(const std::uint8_t* records, std::size_t length, std::uint8_t* out,
                         std::size_t space, const PcapFile& file, std::uint32_t linkType,
                         std::uint64_t limit);

  // Those that packets have met since the last call.
  std::vector<Refusal> takeRefusals() { return std::exchange(refusals_, {}); }
  // Frames on which the filters gave up (Filter::overruns()).
  std::uint64_t overruns() const;

 private:
  struct Interface {
    std::uint32_t linkType;
    bool met = false;
    const PacketFilter* filter = nullptr;  // once it was met; null where nothing passes
  };
  struct Packet {
    const std::uint8_t* data;
    std::uint32_t captured;
    std::uint32_t length;
    std::size_t interface;
    const std::uint8_t* options;  // none where this is the end
    const std::uint8_t* end;
  };

  std::optional<Packet> packetOf(const std::uint8_t* block, std::size_t size, bool swapped) const;
  bool passes(const Packet& packet, bool swapped);
  const PacketFilter* filterFor(std::uint32_t linkType);

  const std::optional<std::string> expression_;
  std::vector<Interface> interfaces_;
  std::uint32_t snapshotLength_ = 0;
  std::map<std::uint32_t, std::optional<PacketFilter>> filters_;
  std::vector<Refusal> refusals_;
};

}  // namespace nmcap
