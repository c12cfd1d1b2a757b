#include "napi/js_link.h"

#include "napi/js_arguments.h"
#include "napi/js_error.h"
#include "system/link.h"

namespace nmcap {

Napi::Value jsFindLink(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::string name = stringArgument(info, 0);
  const auto link = guarded(env, [&] { return findLink(name); });
  if (!link.has_value()) return env.Undefined();
  Napi::Array offloads = Napi::Array::New(env, link->offloads.size());
  for (std::uint32_t i = 0; i < link->offloads.size(); i++) offloads[i] = link->offloads[i];
  Napi::Object object = Napi::Object::New(env);
  object["mtu"] = link->mtu;
  if (!link->driver.empty()) object["driver"] = link->driver;
  if (link->bitsPerSecond.has_value()) {
    object["bitsPerSecond"] = static_cast<double>(*link->bitsPerSecond);
  }
  object["offloads"] = offloads;
  return object;
}

}  // namespace nmcap
