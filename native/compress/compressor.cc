#include "compress/compressor.h"

#include <zlib.h>
#include <zstd.h>

#include <new>

namespace nmcap {
namespace {

// Captures come faster than any higher level goes.
constexpr int kLevel = 1;

// The frame's header and checksum (RFC 8878, 3.1.1), and a block that ends a piece or the frame.
constexpr std::size_t kFrameOverhead = 18 + 4 + 2 * 3;

class Gzip final : public Compressor {
 public:
  Gzip() {
    constexpr int kWindowBits = 15;
    constexpr int kWithGzipHeader = 16;
    constexpr int kMemoryLevel = 8;  // zlib's own default
    if (::deflateInit2(&stream_, kLevel, Z_DEFLATED, kWindowBits + kWithGzipHeader, kMemoryLevel,
                       Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
  }
  ~Gzip() override { ::deflateEnd(&stream_); }
  Gzip(const Gzip&) = delete;
  Gzip& operator=(const Gzip&) = delete;

  std::size_t bound(std::size_t length) const override {
    return ::deflateBound(&stream_, static_cast<uLong>(length));
  }
  std::optional<std::size_t> compress(const std::uint8_t* bytes, std::size_t length, bool last,
                                      std::uint8_t* out) override {
    // A file without any member is not one that gzip(1) reads.
    if (length == 0 && (!last || hasMember_)) return 0;
    hasMember_ = true;
    const std::size_t room = bound(length);
    ::deflateReset(&stream_);
    stream_.next_in = const_cast<Bytef*>(bytes);  // zlib only reads it
    stream_.avail_in = static_cast<uInt>(length);
    stream_.next_out = out;
    stream_.avail_out = static_cast<uInt>(room);
    if (::deflate(&stream_, Z_FINISH) != Z_STREAM_END) return std::nullopt;
    return room - stream_.avail_out;
  }

 private:
  mutable z_stream stream_{};  // deflateBound() takes it without changing it
  bool hasMember_ = false;
};

class Zstd final : public Compressor {
 public:
  Zstd() : context_(::ZSTD_createCCtx()) {
    if (!context_) throw std::bad_alloc();
    ::ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kLevel);
    ::ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_checksumFlag, 1);
  }

  std::size_t bound(std::size_t length) const override {
    return ::ZSTD_compressBound(length) + kFrameOverhead;
  }
  std::optional<std::size_t> compress(const std::uint8_t* bytes, std::size_t length, bool last,
                                      std::uint8_t* out) override {
    ZSTD_inBuffer input{bytes, length, 0};
    ZSTD_outBuffer output{out, bound(length), 0};
    const std::size_t left =
        ::ZSTD_compressStream2(context_.get(), &output, &input, last ? ZSTD_e_end : ZSTD_e_flush);
    if (left != 0) return std::nullopt;
    return output.pos;
  }

 private:
  struct Free {
    void operator()(ZSTD_CCtx* context) const { ::ZSTD_freeCCtx(context); }
  };
  const std::unique_ptr<ZSTD_CCtx, Free> context_;
};

}  // namespace

std::shared_ptr<Compressor> makeCompressor(Compression compression) {
  switch (compression) {
    case Compression::kGzip:
      return std::make_shared<Gzip>();
    case Compression::kZstd:
      return std::make_shared<Zstd>();
    case Compression::kNone:
      break;
  }
  return nullptr;
}

}  // namespace nmcap
