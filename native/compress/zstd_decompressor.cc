#include "compress/zstd_decompressor.h"

#include <algorithm>
#include <new>

namespace nmcap {
namespace {

// The least that a frame's header has; the library asks for more where that does not do.
constexpr std::size_t kLeastHeader = 5;

}  // namespace

ZstdDecompressor::ZstdDecompressor() : context_(::ZSTD_createDCtx()), wanted_(kLeastHeader) {
  if (!context_) throw std::bad_alloc();
}

ZstdDecompressor::Step ZstdDecompressor::step(const std::uint8_t* in, std::size_t length,
                                              std::uint8_t* out, std::size_t room) {
  ZSTD_inBuffer input{in, std::min(length, wanted_), 0};
  ZSTD_outBuffer output{out, room, 0};
  const std::size_t next = ::ZSTD_decompressStream(context_.get(), &output, &input);
  if (::ZSTD_isError(next) != 0) return {0, 0, ::ZSTD_getErrorName(next)};
  if (next == 0) {
    betweenFrames_ = true;
    wanted_ = kLeastHeader;
  } else {
    if (input.pos > 0) betweenFrames_ = false;
    wanted_ = next;
  }
  return {input.pos, output.pos, nullptr};
}

}  // namespace nmcap
