#include "napi/js_recorder.h"

#include <memory>
#include <string>
#include <utility>

#include "filter/link_type.h"
#include "napi/js_arguments.h"
#include "napi/js_error.h"

namespace nmcap {

Napi::Function JsRecorder::constructor(Napi::Env env) {
  return DefineClass(env, "Recorder",
                     {InstanceMethod<&JsRecorder::trigger>("trigger"),
                      InstanceMethod<&JsRecorder::current>("current"),
                      InstanceMethod<&JsRecorder::finish>("finish"),
                      InstanceMethod<&JsRecorder::putBack>("putBack"),
                      InstanceMethod<&JsRecorder::forgotten>("forgotten"),
                      InstanceMethod<&JsRecorder::overruns>("overruns")});
}

JsRecorder::JsRecorder(const Napi::CallbackInfo& info) : Napi::ObjectWrap<JsRecorder>(info) {
  const Napi::Env env = info.Env();
  const Napi::Object object = objectArgument(info, 1);
  RecorderOptions options;
  options.keep = numberField<std::uint64_t>(object, "keep", 0);
  options.after = numberField<std::int64_t>(object, "after", 0);
  options.description = stringField(object, "description");
  if (options.description.size() > Recorder::kMaxDescription) {
    throw Napi::RangeError::New(env, "description");
  }
  std::unique_ptr<PacketFilter> filter;
  if (!object.Get("trigger").IsUndefined()) {
    const std::string expression = stringField(object, "trigger");
    filter =
        guarded(env, [&] { return std::make_unique<PacketFilter>(expression, kLinkTypeEthernet); });
  }
  // From here on no JavaScript runs.
  JsDrain& drain = wrapped<JsDrain>(info[0]);
  const bool isNew = drain.record(
      std::make_unique<Recorder>(drain.drain().pool(), std::move(options), std::move(filter)));
  if (!isNew) {
    throw Napi::Error::New(env, "a drain has one Recorder, before start(), and room for comments");
  }
  drain_ = &drain;
  reference_ = Napi::Persistent(info[0].As<Napi::Object>());
}

Napi::Value JsRecorder::trigger(const Napi::CallbackInfo& info) {
  drain().requestTrigger();
  return info.Env().Undefined();
}

Napi::Value JsRecorder::current(const Napi::CallbackInfo& info) {
  const std::optional<Recorder::Recording> recording = recorder().current();
  if (!recording) return info.Env().Undefined();
  Napi::Object object = Napi::Object::New(info.Env());
  object["first"] = static_cast<double>(recording->first);
  object["last"] = static_cast<double>(recording->last);
  object["bySignal"] = recording->bySignal;
  object["position"] = static_cast<double>(recording->position);
  object["forgottenPosition"] = static_cast<double>(recording->forgotten.position);
  object["forgottenUntil"] = static_cast<double>(recording->forgotten.until);
  return object;
}

Napi::Value JsRecorder::finish(const Napi::CallbackInfo& info) {
  recorder().finish();
  return info.Env().Undefined();
}

// putBack(index, start, packets)
Napi::Value JsRecorder::putBack(const Napi::CallbackInfo& info) {
  const auto index = numberArgument<std::uint32_t>(info, 0);
  const auto start = numberArgument<std::size_t>(info, 1);
  const auto packets = numberArgument<std::uint32_t>(info, 2);
  if (!drain().pool()->putBackRest(index, start, packets)) {
    throw Napi::RangeError::New(info.Env(), "putBack() is for the batch that was taken last");
  }
  return info.Env().Undefined();
}

Napi::Value JsRecorder::forgotten(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(recorder().forgotten().packets));
}

Napi::Value JsRecorder::overruns(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(recorder().overruns()));
}

}  // namespace nmcap
