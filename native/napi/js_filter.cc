#include "napi/js_filter.h"

#include <optional>
#include <string>
#include <vector>

#include "napi/js_arguments.h"
#include "napi/js_error.h"

namespace nmcap {
namespace {

PcapFile pcapFileOf(Napi::Object object) {
  const auto order = numberField<std::uint8_t>(object, "lengthOrder", 0);
  if (order > static_cast<std::uint8_t>(LengthOrder::kSmallerFirst)) {
    throw Napi::RangeError::New(object.Env(), "lengthOrder is out of range");
  }
  const auto headerSize =
      numberField<std::uint32_t>(object, "recordHeaderLength", kRecordHeaderSize);
  if (headerSize < kRecordHeaderSize) {
    throw Napi::RangeError::New(object.Env(), "recordHeaderLength is out of range");
  }
  return {booleanField(object, "swapped", false),
          numberField<std::uint32_t>(object, "ticksPerSecond", 1'000'000),
          numberField<std::uint32_t>(object, "longestPacket", 0),
          numberField<std::uint32_t>(object, "snapshotLength", 0),
          headerSize,
          static_cast<LengthOrder>(order)};
}

}  // namespace

Napi::Function JsSelection::constructor(Napi::Env env) {
  return DefineClass(env, "Selection",
                     {InstanceMethod<&JsSelection::describe>("describe"),
                      InstanceMethod<&JsSelection::select>("select"),
                      InstanceMethod<&JsSelection::convert>("convert"),
                      InstanceMethod<&JsSelection::takeRefusals>("takeRefusals"),
                      InstanceMethod<&JsSelection::overruns>("overruns")});
}

JsSelection::JsSelection(const Napi::CallbackInfo& info) : Napi::ObjectWrap<JsSelection>(info) {
  std::optional<std::string> expression;
  if (!info[0].IsUndefined()) expression = stringArgument(info, 0);
  selection_ = std::make_unique<Selection>(std::move(expression));
}

// describe(first, linkTypes, snapshotLength)
Napi::Value JsSelection::describe(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!info[1].IsArray()) {
    throw Napi::TypeError::New(env, "describe(first, linkTypes, snapshotLength)");
  }
  const auto first = numberArgument<std::size_t>(info, 0);
  const auto array = info[1].As<Napi::Array>();
  std::vector<std::uint32_t> linkTypes;
  for (std::uint32_t i = 0; i < array.Length(); i++) {
    linkTypes.push_back(wholeNumber<std::uint32_t>(array.Get(i), "a link type"));
  }
  const auto snapshotLength = numberArgument<std::uint32_t>(info, 2);
  return guarded(env, [&]() -> Napi::Value {
    selection_->describe(first, linkTypes, snapshotLength);
    return env.Undefined();
  });
}

// select(bytes, swapped, limit)
Napi::Value JsSelection::select(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!info[0].IsTypedArray()) throw Napi::TypeError::New(env, "select(bytes, swapped, limit)");
  auto bytes = info[0].As<Napi::Uint8Array>();
  const auto limit = numberArgument<std::uint64_t>(info, 2);
  return guarded(env, [&]() -> Napi::Value {
    const Selection::Result result =
        selection_->select(bytes.Data(), bytes.ByteLength(), info[1].ToBoolean().Value(), limit);
    Napi::Object object = Napi::Object::New(env);
    object["length"] = static_cast<double>(result.length);
    object["packetCount"] = result.packets;
    return object;
  });
}

// convert(memory, from, end, out, file, limit): the blocks go to `out` and end before `from`.
Napi::Value JsSelection::convert(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!info[0].IsTypedArray()) {
    throw Napi::TypeError::New(env, "convert(memory, from, end, out, file, limit)");
  }
  const auto from = numberArgument<std::size_t>(info, 1);
  const auto end = numberArgument<std::size_t>(info, 2);
  const auto out = numberArgument<std::size_t>(info, 3);
  const Napi::Object object = objectArgument(info, 4);
  const PcapFile file = pcapFileOf(object);
  const auto linkType = numberField<std::uint32_t>(object, "linkType", 0);
  const auto limit = numberArgument<std::uint64_t>(info, 5);
  // Last: a getter in the object could have taken the memory away.
  auto memory = info[0].As<Napi::Uint8Array>();
  if (out > from || from > end || end > memory.ByteLength()) {
    throw Napi::RangeError::New(env, "the blocks are not before the records in memory");
  }
  return guarded(env, [&]() -> Napi::Value {
    std::uint8_t* const bytes = memory.Data();
    const PcapConversion result = selection_->convert(bytes + from, end - from, bytes + out,
                                                      from - out, file, linkType, limit);
    Napi::Object object = Napi::Object::New(env);
    object["consumed"] = static_cast<double>(result.consumed);
    object["produced"] = static_cast<double>(result.produced);
    object["packetCount"] = result.packets;
    object["timeless"] = result.timeless;
    object["needed"] = static_cast<double>(result.needed);
    object["tooLong"] = result.tooLong;
    return object;
  });
}

Napi::Value JsSelection::takeRefusals(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  return guarded(env, [&]() -> Napi::Value {
    Napi::Array array = Napi::Array::New(env);
    for (const Selection::Refusal& refusal : selection_->takeRefusals()) {
      Napi::Object object = Napi::Object::New(env);
      object["linkType"] = refusal.linkType;
      object["reason"] = refusal.reason;
      array.Set(array.Length(), object);
    }
    return array;
  });
}

Napi::Value JsSelection::overruns(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(selection_->overruns()));
}

Napi::Value jsDescribeFilter(const Napi::CallbackInfo& info) {
  const std::string expression = stringArgument(info, 0);
  const auto linkType = numberArgument<std::uint32_t>(info, 1);
  return guarded(info.Env(), [&]() -> Napi::Value {
    return Napi::String::New(info.Env(), PacketFilter(expression, linkType).describe());
  });
}

}  // namespace nmcap
