// Compresses a file piece by piece, so that it can be read to the last piece that is in it. With
// gzip (RFC 1952) each is a member of its own. With zstd (RFC 8878) they are blocks of one frame:
// Wireshark 4.0 loses its place in files of many frames.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace nmcap {

enum class Compression : std::uint8_t { kNone, kGzip, kZstd };

// For one file.
class Compressor {
 public:
  virtual ~Compressor() = default;
  // The most bytes that a piece of `length` bytes becomes, the last one too.
  virtual std::size_t bound(std::size_t length) const = 0;
  // `out` has room for bound(length) bytes. How many it is; nothing where the library has no
  // memory.
  virtual std::optional<std::size_t> compress(const std::uint8_t* bytes, std::size_t length,
                                              bool last, std::uint8_t* out) = 0;
};

// Throws std::bad_alloc. Null for kNone.
std::shared_ptr<Compressor> makeCompressor(Compression compression);

}  // namespace nmcap
