// Decompresses zstd frames that follow one another, as they come.
#pragma once

#include <zstd.h>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace nmcap {

class ZstdDecompressor {
 public:
  struct Step {
    std::size_t consumed;
    std::size_t produced;
    const char* fault;  // what is wrong with the next bytes, or null
  };

  // Throws std::bad_alloc.
  ZstdDecompressor();

  // Decompresses one block at most, so that all before a damaged one has been handed out.
  Step step(const std::uint8_t* in, std::size_t length, std::uint8_t* out, std::size_t room);
  // Whether the input so far ends with a frame.
  bool betweenFrames() const { return betweenFrames_; }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const { ::ZSTD_freeDCtx(context); }
  };
  const std::unique_ptr<ZSTD_DCtx, Free> context_;
  std::size_t wanted_;  // bytes up to the end of the next block's header or content
  bool betweenFrames_ = true;
};

}  // namespace nmcap
