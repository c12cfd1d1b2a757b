// JavaScript's Recorder: what makes a drain a flight recorder.
#pragma once

#include <napi.h>

#include "napi/js_drain.h"

namespace nmcap {

class JsRecorder final : public Napi::ObjectWrap<JsRecorder> {
 public:
  static Napi::Function constructor(Napi::Env env);
  // new Recorder(drain, options), before drain.start()
  explicit JsRecorder(const Napi::CallbackInfo& info);

 private:
  Napi::Value trigger(const Napi::CallbackInfo& info);
  Napi::Value current(const Napi::CallbackInfo& info);
  Napi::Value finish(const Napi::CallbackInfo& info);
  Napi::Value putBack(const Napi::CallbackInfo& info);
  Napi::Value forgotten(const Napi::CallbackInfo& info);
  Napi::Value overruns(const Napi::CallbackInfo& info);

  Drain& drain() const { return drain_->drain(); }
  Recorder& recorder() const { return *drain().recorder(); }

  JsDrain* drain_ = nullptr;
  // Keeps it from being collected.
  Napi::ObjectReference reference_;
};

}  // namespace nmcap
