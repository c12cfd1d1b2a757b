#include "napi/js_device.h"

#include <string>
#include <vector>

#include "napi/js_arguments.h"
#include "napi/js_error.h"
#include "napi/js_port.h"

namespace nmcap {

Napi::Function JsDevice::constructor(Napi::Env env) {
  return DefineClass(
      env, "SimulatedDevice",
      {InstanceMethod<&JsDevice::addNic>("addNic"), InstanceMethod<&JsDevice::losses>("losses"),
       InstanceMethod<&JsDevice::connect>("connect")});
}

JsDevice::JsDevice(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<JsDevice>(info), device_(std::make_shared<sim::Device>()) {
  info.This().As<Napi::Object>().TypeTag(&kTypeTag);
}

Napi::Value JsDevice::addNic(const Napi::CallbackInfo& info) {
  const Napi::Object object = objectArgument(info, 0);
  sim::NicConfig config;
  config.name = stringField(object, "name");
  config.rings = numberField<std::uint16_t>(object, "rings", config.rings);
  config.hostRings = numberField<std::uint16_t>(object, "hostRings", config.hostRings);
  config.slots = numberField<std::uint32_t>(object, "slots", config.slots);
  config.bufferSize = numberField<std::uint32_t>(object, "bufferSize", config.bufferSize);
  guarded(info.Env(), [&] { device_->addNic(config); });
  return info.Env().Undefined();
}

// losses(port): what the rings of a monitor had no room for, which no kernel reports.
Napi::Value JsDevice::losses(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Port& port = wrapped<JsPort>(info[0]).port();
  const std::vector<sim::RingLoss> rings = device_->losses(port.descriptor());
  Napi::Array array = Napi::Array::New(env, rings.size());
  for (std::uint32_t i = 0; i < rings.size(); i++) {
    Napi::Object ring = Napi::Object::New(env);
    ring["ring"] = rings[i].ring;
    ring["inbound"] = static_cast<double>(rings[i].rx);
    ring["outbound"] = static_cast<double>(rings[i].tx);
    array[i] = ring;
  }
  return array;
}

// connect(one, two): lays a wire between two NICs.
Napi::Value JsDevice::connect(const Napi::CallbackInfo& info) {
  const std::string one = stringArgument(info, 0);
  const std::string two = stringArgument(info, 1);
  guarded(info.Env(), [&] { device_->connect(one, two); });
  return info.Env().Undefined();
}

std::shared_ptr<sim::Device> simulatedDeviceArgument(const Napi::CallbackInfo& info,
                                                     std::size_t index) {
  return wrapped<JsDevice>(info[index]).device();
}

std::shared_ptr<NetmapSys> deviceArgument(const Napi::CallbackInfo& info, std::size_t index) {
  // The kernel's is nobody's to delete.
  if (info[index].IsUndefined()) return {std::shared_ptr<NetmapSys>(), &kernelSys()};
  return simulatedDeviceArgument(info, index);
}

}  // namespace nmcap
