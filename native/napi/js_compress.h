// JavaScript's Compressor and ZstdDecompressor.
#pragma once

#include <napi.h>

#include <memory>

#include "compress/compressor.h"
#include "compress/zstd_decompressor.h"

namespace nmcap {

class JsCompressor final : public Napi::ObjectWrap<JsCompressor> {
 public:
  static constexpr const char* kName = "Compressor";
  static constexpr napi_type_tag kTypeTag = {0x6e6d6361702d636f, 0x6d70726573736f72};

  static Napi::Function constructor(Napi::Env env);
  // new Compressor("gzip" | "zstd")
  explicit JsCompressor(const Napi::CallbackInfo& info);

  const std::shared_ptr<Compressor>& compressor() const { return compressor_; }

 private:
  Napi::Value bound(const Napi::CallbackInfo& info);
  Napi::Value compress(const Napi::CallbackInfo& info);

  std::shared_ptr<Compressor> compressor_;
};

class JsZstdDecompressor final : public Napi::ObjectWrap<JsZstdDecompressor> {
 public:
  static Napi::Function constructor(Napi::Env env);
  explicit JsZstdDecompressor(const Napi::CallbackInfo& info);

 private:
  Napi::Value step(const Napi::CallbackInfo& info);
  Napi::Value betweenFrames(const Napi::CallbackInfo& info);

  std::unique_ptr<ZstdDecompressor> decompressor_;
};

}  // namespace nmcap
