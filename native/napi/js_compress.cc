#include "napi/js_compress.h"

#include <cstdint>
#include <string>
#include <vector>

#include "napi/js_arguments.h"
#include "napi/js_error.h"

namespace nmcap {
namespace {

Napi::Uint8Array bytesArgument(const Napi::CallbackInfo& info, std::size_t index) {
  if (!info[index].IsTypedArray() ||
      info[index].As<Napi::TypedArray>().TypedArrayType() != napi_uint8_array) {
    throw Napi::TypeError::New(info.Env(), "bytes are needed");
  }
  return info[index].As<Napi::Uint8Array>();
}

Compression compressionFrom(Napi::Value value) {
  const std::string name = value.IsString() ? value.As<Napi::String>().Utf8Value() : "";
  if (name == "gzip") return Compression::kGzip;
  if (name == "zstd") return Compression::kZstd;
  throw Napi::TypeError::New(value.Env(), "compression is gzip or zstd");
}

// Compresses in a thread of the pool; the bytes and the compressor stay where they are meanwhile.
class CompressWorker final : public Napi::AsyncWorker {
 public:
  CompressWorker(Napi::Env env, JsCompressor& compressor, Napi::Uint8Array bytes, bool last)
      : Napi::AsyncWorker(env),
        compressor_(compressor.compressor()),
        last_(last),
        bytes_(bytes.Data()),
        length_(bytes.ByteLength()),
        bytesReference_(Napi::Persistent(bytes.As<Napi::Object>())),
        deferred_(Napi::Promise::Deferred::New(env)) {}

  Napi::Promise promise() const { return deferred_.Promise(); }

  void Execute() override {
    out_.resize(compressor_->bound(length_));
    const auto size = compressor_->compress(bytes_, length_, last_, out_.data());
    if (!size) SetError("no memory to compress with");
    out_.resize(size.value_or(0));
  }
  void OnOK() override {
    deferred_.Resolve(Napi::Buffer<std::uint8_t>::Copy(Env(), out_.data(), out_.size()));
  }
  void OnError(const Napi::Error& error) override { deferred_.Reject(error.Value()); }

 private:
  const std::shared_ptr<Compressor> compressor_;
  const bool last_;
  const std::uint8_t* const bytes_;
  const std::size_t length_;
  std::vector<std::uint8_t> out_;
  const Napi::ObjectReference bytesReference_;  // they are not collected before this is done
  const Napi::Promise::Deferred deferred_;
};

}  // namespace

Napi::Function JsCompressor::constructor(Napi::Env env) {
  return DefineClass(env, "Compressor",
                     {InstanceMethod<&JsCompressor::bound>("bound"),
                      InstanceMethod<&JsCompressor::compress>("compress")});
}

JsCompressor::JsCompressor(const Napi::CallbackInfo& info) : Napi::ObjectWrap<JsCompressor>(info) {
  const Compression compression = compressionFrom(info[0]);
  guarded(info.Env(), [&] { compressor_ = makeCompressor(compression); });
  if (!compressor_) throw Napi::TypeError::New(info.Env(), "compression is gzip or zstd");
  info.This().As<Napi::Object>().TypeTag(&kTypeTag);
}

Napi::Value JsCompressor::bound(const Napi::CallbackInfo& info) {
  const auto length = numberArgument<std::uint32_t>(info, 0);
  return Napi::Number::New(info.Env(), static_cast<double>(compressor_->bound(length)));
}

// One piece at a time: the library's context is the compressor's.
Napi::Value JsCompressor::compress(const Napi::CallbackInfo& info) {
  auto worker = std::make_unique<CompressWorker>(info.Env(), *this, bytesArgument(info, 0),
                                                 info[1].ToBoolean().Value());
  const Napi::Promise promise = worker->promise();
  worker.release()->Queue();  // it deletes itself when it is done
  return promise;
}

Napi::Function JsZstdDecompressor::constructor(Napi::Env env) {
  return DefineClass(env, "ZstdDecompressor",
                     {InstanceMethod<&JsZstdDecompressor::step>("step"),
                      InstanceAccessor<&JsZstdDecompressor::betweenFrames>("betweenFrames")});
}

JsZstdDecompressor::JsZstdDecompressor(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<JsZstdDecompressor>(info) {
  guarded(info.Env(), [&] { decompressor_ = std::make_unique<ZstdDecompressor>(); });
}

// step(in, out): blocks of `in` until `out` is full, `in` is used up, or one is damaged.
Napi::Value JsZstdDecompressor::step(const Napi::CallbackInfo& info) {
  const Napi::Uint8Array in = bytesArgument(info, 0);
  Napi::Uint8Array out = bytesArgument(info, 1);
  std::size_t consumed = 0;
  std::size_t produced = 0;
  const char* fault = nullptr;
  while (fault == nullptr) {
    const ZstdDecompressor::Step step =
        decompressor_->step(in.Data() + consumed, in.ByteLength() - consumed, out.Data() + produced,
                            out.ByteLength() - produced);
    consumed += step.consumed;
    produced += step.produced;
    fault = step.fault;
    const bool idle = step.consumed == 0 && step.produced == 0;
    if (idle || produced == out.ByteLength()) break;
  }
  Napi::Object object = Napi::Object::New(info.Env());
  object["consumed"] = static_cast<double>(consumed);
  object["produced"] = static_cast<double>(produced);
  if (fault != nullptr) object["fault"] = std::string(fault);
  return object;
}

Napi::Value JsZstdDecompressor::betweenFrames(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), decompressor_->betweenFrames());
}

}  // namespace nmcap
