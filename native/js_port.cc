#include "js_port.h"

#include <string>

#include "js_arguments.h"
#include "js_error.h"

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

}  // namespace

Napi::Function JsPort::constructor(Napi::Env env) {
  return DefineClass(env, "Port",
                     {InstanceAccessor<&JsPort::granted>("granted"),
                      InstanceMethod<&JsPort::close>("close")});
}

JsPort::JsPort(const Napi::CallbackInfo& info) : Napi::ObjectWrap<JsPort>(info) {
  const PortRequest request = requestFrom(objectArgument(info, 0));
  guarded(info.Env(), [&] { port_ = std::make_unique<Port>(kernelSys(), request); });
}

Napi::Value JsPort::granted(const Napi::CallbackInfo& info) {
  const abi::RegisterRequest& granted = port_->granted();
  Napi::Object object = Napi::Object::New(info.Env());
  object["interfaceName"] = port_->interfaceName();
  object["flags"] = static_cast<double>(granted.flags);
  object["memoryId"] = granted.mem_id;
  object["memorySize"] = static_cast<double>(granted.memsize);
  object["txSlots"] = granted.tx_slots;
  object["rxSlots"] = granted.rx_slots;
  object["txRings"] = ringNumbers(info.Env(), port_->txRings());
  object["rxRings"] = ringNumbers(info.Env(), port_->rxRings());
  return object;
}

Napi::Value JsPort::close(const Napi::CallbackInfo& info) {
  if (drained_) throw Napi::Error::New(info.Env(), "the port's drain is still open");
  port_->close();
  return info.Env().Undefined();
}

Napi::Value jsPortInfo(const Napi::CallbackInfo& info) {
  if (!info[0].IsString()) throw Napi::TypeError::New(info.Env(), "a port's name is needed");
  const std::string name = info[0].As<Napi::String>();
  return guarded(info.Env(), [&]() -> Napi::Value {
    const abi::PortInfoRequest answer = portInfo(kernelSys(), name);
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

}  // namespace nmcap
