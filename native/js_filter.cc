#include "js_filter.h"

#include <optional>
#include <string>
#include <vector>

#include "js_arguments.h"
#include "js_error.h"

namespace nmcap {

Napi::Function JsSelection::constructor(Napi::Env env) {
  return DefineClass(env, "Selection", {InstanceMethod<&JsSelection::select>("select")});
}

JsSelection::JsSelection(const Napi::CallbackInfo& info) : Napi::ObjectWrap<JsSelection>(info) {
  std::optional<std::string> expression;
  if (!info[0].IsUndefined()) expression = stringArgument(info, 0);
  selection_ = std::make_unique<Selection>(std::move(expression));
}

// select(bytes, swapped, linkTypes, limit)
Napi::Value JsSelection::select(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!info[0].IsTypedArray() || !info[2].IsArray()) {
    throw Napi::TypeError::New(env, "select(bytes, swapped, linkTypes, limit)");
  }
  auto bytes = info[0].As<Napi::Uint8Array>();
  const auto array = info[2].As<Napi::Array>();
  std::vector<int> linkTypes;
  for (std::uint32_t i = 0; i < array.Length(); i++) {
    linkTypes.push_back(wholeNumber<std::int32_t>(array.Get(i), "a link type"));
  }
  const auto limit = numberArgument<std::uint64_t>(info, 3);
  return guarded(env, [&]() -> Napi::Value {
    const Selection::Result result = selection_->select(
        bytes.Data(), bytes.ByteLength(), info[1].ToBoolean().Value(), linkTypes, limit);
    Napi::Object object = Napi::Object::New(env);
    object["length"] = static_cast<double>(result.length);
    object["packetCount"] = result.packets;
    return object;
  });
}

Napi::Value jsDescribeFilter(const Napi::CallbackInfo& info) {
  const std::string expression = stringArgument(info, 0);
  const auto linkType = numberArgument<std::int32_t>(info, 1);
  return guarded(info.Env(), [&]() -> Napi::Value {
    return Napi::String::New(info.Env(), Filter(expression, linkType).describe());
  });
}

}  // namespace nmcap
