// JavaScript's Drain: the thread's handle, its batches as ranges of one ArrayBuffer, its accounts.
#pragma once

#include <napi.h>

#include <memory>
#include <vector>

#include "capture/batch_writer.h"
#include "capture/drain.h"

namespace nmcap {

class JsDrain final : public Napi::ObjectWrap<JsDrain> {
 public:
  static Napi::Function constructor(Napi::Env env);
  // new Drain(ports, options, onReady)
  explicit JsDrain(const Napi::CallbackInfo& info);
  ~JsDrain() override {
    if (drain_) drain_->close();  // its thread looks at writer_
  }

 private:
  Napi::Value start(const Napi::CallbackInfo& info);
  Napi::Value requestStop(const Napi::CallbackInfo& info);
  Napi::Value writeTo(const Napi::CallbackInfo& info);
  Napi::Value takeWritten(const Napi::CallbackInfo& info);
  Napi::Value take(const Napi::CallbackInfo& info);
  Napi::Value release(const Napi::CallbackInfo& info);
  Napi::Value memory(const Napi::CallbackInfo& info);
  Napi::Value end(const Napi::CallbackInfo& info);
  Napi::Value counters(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  // Keeps the ports from being collected while the thread reads their rings.
  std::vector<Napi::ObjectReference> ports_;
  Napi::ObjectReference memory_;
  Napi::ThreadSafeFunction onReady_;
  std::unique_ptr<Drain> drain_;
  // Where batches are not JavaScript's to take.
  std::unique_ptr<BatchWriter> writer_;

  bool writing() const { return writer_ && writer_->writing(); }
};

}  // namespace nmcap
