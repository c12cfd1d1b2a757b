#include "napi/js_port.h"

#include <cstring>
#include <string>
#include <vector>

#include "napi/js_arguments.h"
#include "napi/js_device.h"
#include "napi/js_error.h"

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

Ring& ringArgument(const Napi::CallbackInfo& info, std::vector<Ring>& rings) {
  const auto index = numberArgument<std::uint32_t>(info, 0);
  if (index >= rings.size()) throw Napi::RangeError::New(info.Env(), "no such ring is bound");
  return rings[index];
}

}  // namespace

Napi::Function JsPort::constructor(Napi::Env env) {
  return DefineClass(
      env, "Port",
      {InstanceAccessor<&JsPort::granted>("granted"), InstanceMethod<&JsPort::put>("put"),
       InstanceMethod<&JsPort::slots>("slots"), InstanceMethod<&JsPort::release>("release"),
       InstanceMethod<&JsPort::rxSync>("rxSync"), InstanceMethod<&JsPort::txSync>("txSync"),
       InstanceMethod<&JsPort::poll>("poll"), InstanceMethod<&JsPort::close>("close")});
}

JsPort::JsPort(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<JsPort>(info), device_(deviceArgument(info, 1)) {
  const PortRequest request = requestFrom(objectArgument(info, 0));
  guarded(info.Env(), [&] { port_ = std::make_unique<Port>(*device_, request); });
}

Napi::Value JsPort::granted(const Napi::CallbackInfo& info) {
  const abi::RegisterRequest& granted = port_->granted();
  Napi::Object object = Napi::Object::New(info.Env());
  object["name"] = port_->name();
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

// put(txRing, bytes, flags): fills the next free slot; false when there is none.
Napi::Value JsPort::put(const Napi::CallbackInfo& info) {
  Ring& ring = ringArgument(info, port_->txRings());
  if (!info[1].IsTypedArray()) throw Napi::TypeError::New(info.Env(), "bytes are needed");
  const auto bytes = info[1].As<Napi::Uint8Array>();
  const auto flags = numberArgument<std::uint16_t>(info, 2);
  const std::uint32_t at = ring.head();
  if (ring.available() == 0) return Napi::Boolean::New(info.Env(), false);
  const Ring::Piece piece = ring.piece(at);
  if (piece.data == nullptr || bytes.ByteLength() > ring.bufferSize()) {
    throw Napi::RangeError::New(info.Env(), "more bytes than the slot's buffer holds");
  }
  std::memcpy(piece.data, bytes.Data(), bytes.ByteLength());
  ring.describe(at, static_cast<std::uint16_t>(bytes.ByteLength()), flags);
  ring.release(ring.next(at));
  return Napi::Boolean::New(info.Env(), true);
}

// slots(rxRing): what is there as of the last sync, copied; it stays until release().
Napi::Value JsPort::slots(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Ring& ring = ringArgument(info, port_->rxRings());
  Napi::Array array = Napi::Array::New(env);
  const std::uint32_t end = ring.tail();
  std::uint32_t count = 0;
  for (std::uint32_t at = ring.head(); at != end; at = ring.next(at)) {
    const Ring::Piece piece = ring.piece(at);
    Napi::Object slot = Napi::Object::New(env);
    slot["bytes"] = Napi::Buffer<std::uint8_t>::Copy(env, piece.data, piece.length);
    slot["flags"] = piece.flags;
    array[count++] = slot;
  }
  return array;
}

// release(rxRing, count): gives the first `count` slots back, at the next sync.
Napi::Value JsPort::release(const Napi::CallbackInfo& info) {
  Ring& ring = ringArgument(info, port_->rxRings());
  const auto count = numberArgument<std::uint32_t>(info, 1);
  if (count > ring.available()) {
    throw Napi::RangeError::New(info.Env(), "more slots than there are");
  }
  ring.release((ring.head() + count) % ring.slotCount());
  return info.Env().Undefined();
}

Napi::Value JsPort::rxSync(const Napi::CallbackInfo& info) {
  guarded(info.Env(), [&] {
    if (!port_->rxSync()) throw SysError("RXSYNC", port_->name());
  });
  return info.Env().Undefined();
}

Napi::Value JsPort::txSync(const Napi::CallbackInfo& info) {
  guarded(info.Env(), [&] {
    if (!port_->txSync()) throw SysError("TXSYNC", port_->name());
  });
  return info.Env().Undefined();
}

// poll(events, timeoutMs): revents, 0 after the time. Blocks.
Napi::Value JsPort::poll(const Napi::CallbackInfo& info) {
  pollfd fd{port_->descriptor(), numberArgument<std::int16_t>(info, 0), 0};
  const auto timeout = numberArgument<std::int32_t>(info, 1);
  guarded(info.Env(), [&] {
    if (port_->sys().poll(&fd, 1, timeout) < 0) throw SysError("poll", port_->name());
  });
  return Napi::Number::New(info.Env(), fd.revents);
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

}  // namespace nmcap
