// Brings whole blocks to a segment's file, compressed where that is asked for, and knows how many
// more certainly have room in it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "capture/segment.h"
#include "compress/compressor.h"

namespace nmcap {

class SegmentFile {
 public:
  using Clock = std::chrono::steady_clock;

  explicit SegmentFile(const Segment& segment)
      : descriptor_(segment.descriptor),
        bytesLeft_(segment.bytesLeft),
        compressor_(segment.compressor) {}

  // Bytes of blocks that certainly have room. What waits may turn out shorter than it could be.
  std::uint64_t room() const;
  // Writes all of them, or keeps them for a piece that is worth compressing; false where the system
  // refused: they are not in the file then, and neither is what waited.
  bool append(const std::uint8_t* blocks, std::size_t length, std::uint32_t packets);
  // Keeps so many bytes free for blocks that others write.
  void reserve(std::uint64_t length);
  // Writes what waits; as append().
  bool flush();
  bool compresses() const { return compressor_ != nullptr; }
  bool waiting() const { return !waiting_.empty(); }
  // When what waits has waited long enough.
  Clock::time_point flushAt() const { return flushAt_; }

  // errno of the write that failed, or 0.
  int error() const { return error_; }
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t packets() const { return packets_; }
  // Seconds.
  double compressing() const { return std::chrono::duration<double>(compressing_).count(); }
  double writing() const { return std::chrono::duration<double>(writing_).count(); }

 private:
  bool writePiece(const std::uint8_t* bytes, std::size_t length, std::uint32_t packets);
  bool writeTimed(const std::uint8_t* bytes, std::size_t length);

  int descriptor_;
  std::uint64_t bytesLeft_;
  std::shared_ptr<Compressor> compressor_;
  std::vector<std::uint8_t> waiting_;
  std::uint32_t waitingPackets_ = 0;
  Clock::time_point flushAt_;
  std::vector<std::uint8_t> compressed_;
  std::uint64_t bytes_ = 0;
  std::uint64_t packets_ = 0;
  Clock::duration compressing_{};
  Clock::duration writing_{};
  int error_ = 0;
};

}  // namespace nmcap
