#include "js_test_port.h"

#include <poll.h>

#include <cstring>
#include <vector>

#include "napi/js_arguments.h"
#include "napi/js_error.h"

namespace nmcap {
namespace {

Ring& ringArgument(const Napi::CallbackInfo& info, std::vector<Ring>& rings) {
  const auto index = numberArgument<std::uint32_t>(info, 0);
  if (index >= rings.size()) throw Napi::RangeError::New(info.Env(), "no such ring is bound");
  return rings[index];
}

}  // namespace

Napi::Function JsTestPort::constructor(Napi::Env env) {
  return DefineClass(
      env, "TestPort",
      {InstanceMethod<&JsTestPort::put>("put"), InstanceMethod<&JsTestPort::slots>("slots"),
       InstanceMethod<&JsTestPort::release>("release"), InstanceMethod<&JsTestPort::spoil>("spoil"),
       InstanceMethod<&JsTestPort::rxSync>("rxSync"), InstanceMethod<&JsTestPort::txSync>("txSync"),
       InstanceMethod<&JsTestPort::poll>("poll")});
}

JsTestPort::JsTestPort(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<JsTestPort>(info), port_(&wrapped<JsPort>(info[0])) {
  reference_ = Napi::Persistent(info[0].As<Napi::Object>());
}

// put(txRing, bytes, flags): fills the next free slot; false when there is none.
Napi::Value JsTestPort::put(const Napi::CallbackInfo& info) {
  Ring& ring = ringArgument(info, port().txRings());
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
Napi::Value JsTestPort::slots(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const Ring& ring = ringArgument(info, port().rxRings());
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
Napi::Value JsTestPort::release(const Napi::CallbackInfo& info) {
  Ring& ring = ringArgument(info, port().rxRings());
  const auto count = numberArgument<std::uint32_t>(info, 1);
  if (count > ring.available()) {
    throw Napi::RangeError::New(info.Env(), "more slots than there are");
  }
  ring.release((ring.head() + count) % ring.slotCount());
  return info.Env().Undefined();
}

// spoil(rxRing, head): writes any head into the shared ring, as a program that shares its memory
// can.
Napi::Value JsTestPort::spoil(const Napi::CallbackInfo& info) {
  ringArgument(info, port().rxRings()).spoil(numberArgument<std::uint32_t>(info, 1));
  return info.Env().Undefined();
}

Napi::Value JsTestPort::rxSync(const Napi::CallbackInfo& info) {
  guarded(info.Env(), [&] {
    if (!port().rxSync()) throw SysError("RXSYNC", port().name());
  });
  return info.Env().Undefined();
}

Napi::Value JsTestPort::txSync(const Napi::CallbackInfo& info) {
  guarded(info.Env(), [&] {
    if (!port().txSync()) throw SysError("TXSYNC", port().name());
  });
  return info.Env().Undefined();
}

// poll(events, timeoutMs): revents, 0 after the time. Blocks.
Napi::Value JsTestPort::poll(const Napi::CallbackInfo& info) {
  pollfd fd{port().descriptor(), numberArgument<std::int16_t>(info, 0), 0};
  const auto timeout = numberArgument<std::int32_t>(info, 1);
  guarded(info.Env(), [&] {
    if (port().sys().poll(&fd, 1, timeout) < 0) throw SysError("poll", port().name());
  });
  return Napi::Number::New(info.Env(), fd.revents);
}

}  // namespace nmcap
