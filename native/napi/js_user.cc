#include "napi/js_user.h"

#include "napi/js_arguments.h"
#include "napi/js_error.h"
#include "system/user.h"

namespace nmcap {

Napi::Value jsFindUser(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::string nameOrId = stringArgument(info, 0);
  const auto user = guarded(env, [&] { return findUser(nameOrId); });
  if (!user.has_value()) return env.Undefined();
  Napi::Object object = Napi::Object::New(env);
  object["name"] = user->name;
  object["uid"] = user->id;
  object["gid"] = user->group;
  return object;
}

}  // namespace nmcap
