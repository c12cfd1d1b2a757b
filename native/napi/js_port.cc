#include "napi/js_port.h"

#include <string>
#include <vector>

#include "napi/js_arguments.h"
#include "napi/js_device.h"
#include "napi/js_error.h"
#include "system/interfaces.h"

namespace nmcap {
namespace {

PortRequest requestFrom(Napi::Object object) {
  PortRequest request;
  request.name = stringField(object, "name");
  request.mode = numberField<std::uint32_t>(object, "mode", request.mode);
  request.ringId = numberField<std::uint16_t>(object, "ringId", 0);
  request.flags = numberField<std::uint64_t>(object, "flags", 0);
  request.memoryId = numberField<std::uint16_t>(object, "memoryId", 0);
  request.txSlots = numberField<std::uint32_t>(object, "txSlots", 0);
  request.rxSlots = numberField<std::uint32_t>(object, "rxSlots", 0);
  request.txRings = numberField<std::uint16_t>(object, "txRings", 0);
  request.rxRings = numberField<std::uint16_t>(object, "rxRings", 0);
  request.hostTxRings = numberField<std::uint16_t>(object, "hostTxRings", 0);
  request.hostRxRings = numberField<std::uint16_t>(object, "hostRxRings", 0);
  return request;
}

Napi::Array ringNumbers(Napi::Env env, const std::vector<Ring>& rings) {
  Napi::Array array = Napi::Array::New(env, rings.size());
  for (std::uint32_t i = 0; i < rings.size(); i++) {
    Napi::Object ring = Napi::Object::New(env);
    ring["number"] = rings[i].number();
    ring["host"] = rings[i].host();
    ring["slots"] = rings[i].slotCount();
    ring["bufferSize"] = rings[i].bufferSize();
    array[i] = ring;
  }
  return array;
}

// What the kernel granted; stays the same when the port is closed.
Napi::Object granted(Napi::Env env, Port& port) {
  const abi::RegisterRequest& granted = port.granted();
  Napi::Object object = Napi::Object::New(env);
  object["name"] = port.name();
  object["interfaceName"] = port.interfaceName();
  object["flags"] = static_cast<double>(granted.flags);
  object["memoryId"] = granted.mem_id;
  object["memorySize"] = static_cast<double>(granted.memsize);
  object["txSlots"] = granted.tx_slots;
  object["rxSlots"] = granted.rx_slots;
  object["txRings"] = ringNumbers(env, port.txRings());
  object["rxRings"] = ringNumbers(env, port.rxRings());
  return object;
}

}  // namespace

Napi::Function JsPort::constructor(Napi::Env env) {
  return DefineClass(env, "Port", {InstanceMethod<&JsPort::close>("close")});
}

JsPort::JsPort(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<JsPort>(info), device_(deviceArgument(info, 1)) {
  const Napi::Env env = info.Env();
  const PortRequest request = requestFrom(objectArgument(info, 0));
  guarded(env, [&] { port_ = std::make_unique<Port>(*device_, request); });
  auto self = info.This().As<Napi::Object>();
  self.DefineProperty(
      Napi::PropertyDescriptor::Value("granted", granted(env, *port_), napi_enumerable));
  self.TypeTag(&kTypeTag);
}

Napi::Value JsPort::close(const Napi::CallbackInfo& info) {
  if (drained_) throw Napi::Error::New(info.Env(), "the port's drain is still open");
  port_->close();
  return info.Env().Undefined();
}

Napi::Value jsPortInfo(const Napi::CallbackInfo& info) {
  const std::string name = stringArgument(info, 0);
  const std::shared_ptr<NetmapSys> device = deviceArgument(info, 1);
  return guarded(info.Env(), [&]() -> Napi::Value {
    const abi::PortInfoRequest answer = portInfo(*device, name);
    Napi::Object object = Napi::Object::New(info.Env());
    object["txSlots"] = answer.tx_slots;
    object["rxSlots"] = answer.rx_slots;
    object["txRings"] = answer.tx_rings;
    object["rxRings"] = answer.rx_rings;
    object["hostTxRings"] = answer.host_tx_rings;
    object["hostRxRings"] = answer.host_rx_rings;
    object["memoryId"] = answer.mem_id;
    return object;
  });
}

Napi::Value jsValePorts(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::shared_ptr<NetmapSys> device = deviceArgument(info, 0);
  const auto ports = guarded(env, [&] { return valePorts(*device); });
  Napi::Array array = Napi::Array::New(env, ports.size());
  for (std::uint32_t i = 0; i < ports.size(); i++) {
    Napi::Object port = Napi::Object::New(env);
    port["name"] = ports[i].name;
    port["switchIndex"] = ports[i].switchIndex;
    array[i] = port;
  }
  return array;
}

Napi::Value jsValeSwitchIndex(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::string name = stringArgument(info, 0);
  const std::shared_ptr<NetmapSys> device = deviceArgument(info, 1);
  const auto index = guarded(env, [&] { return valeSwitchIndex(*device, name); });
  return index.has_value() ? Napi::Number::New(env, *index) : env.Undefined();
}

Napi::Value jsInterfaceNames(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const auto names = guarded(env, interfaceNames);
  Napi::Array array = Napi::Array::New(env, names.size());
  for (std::uint32_t i = 0; i < names.size(); i++) array[i] = names[i];
  return array;
}

}  // namespace nmcap
