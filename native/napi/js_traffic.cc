#include "napi/js_traffic.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "napi/js_arguments.h"
#include "napi/js_device.h"
#include "napi/js_error.h"

namespace nmcap {

Napi::Function JsTraffic::constructor(Napi::Env env) {
  return DefineClass(
      env, "SimulatedTraffic",
      {InstanceMethod<&JsTraffic::start>("start"), InstanceMethod<&JsTraffic::close>("close"),
       InstanceMethod<&JsTraffic::counts>("counts")});
}

JsTraffic::JsTraffic(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<JsTraffic>(info), device_(simulatedDeviceArgument(info, 0)) {
  const Napi::Object object = objectArgument(info, 1);
  sim::TrafficOptions options;
  options.port.name = stringField(object, "port");
  // NICs and pipes have the rings that they have; a VALE port gets those that its application
  // wants.
  options.port.txRings = options.port.rxRings = numberField<std::uint16_t>(object, "rings", 0);
  options.port.txSlots = options.port.rxSlots = numberField<std::uint32_t>(object, "slots", 0);
  options.framesPerSecond = numberField<std::uint32_t>(object, "framesPerSecond", 0);
  options.count = numberField<std::uint64_t>(object, "count", 0);
  options.repeat = booleanField(object, "repeat", true);
  options.loadLength = numberField<std::uint32_t>(object, "loadLength", 0);
  std::vector<std::uint8_t> frames = copiedBytesArgument(info, 2);
  guarded(info.Env(),
          [&] { traffic_ = std::make_unique<sim::Traffic>(*device_, options, std::move(frames)); });
}

Napi::Value JsTraffic::start(const Napi::CallbackInfo& info) {
  if (!traffic_->start()) {
    throw Napi::Error::New(info.Env(), "the traffic was started or closed before");
  }
  return info.Env().Undefined();
}

Napi::Value JsTraffic::close(const Napi::CallbackInfo& info) {
  traffic_->stop();
  return info.Env().Undefined();
}

Napi::Value JsTraffic::counts(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::vector<sim::RingCount> rings = traffic_->counts();
  Napi::Array array = Napi::Array::New(env, rings.size());
  for (std::uint32_t i = 0; i < rings.size(); i++) {
    Napi::Object ring = Napi::Object::New(env);
    ring["inbound"] = static_cast<double>(rings[i].rx);
    ring["outbound"] = static_cast<double>(rings[i].tx);
    array[i] = ring;
  }
  return array;
}

}  // namespace nmcap
