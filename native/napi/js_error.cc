#include "napi/js_error.h"

#include <uv.h>

#include <cstring>

namespace nmcap {

Napi::Value setErrorClass(const Napi::CallbackInfo& info) {
  if (!info[0].IsFunction()) throw Napi::TypeError::New(info.Env(), "a class is needed");
  auto* const errorClass = info.Env().GetInstanceData<Napi::FunctionReference>();
  *errorClass = Napi::Persistent(info[0].As<Napi::Function>());
  return info.Env().Undefined();
}

Napi::Error jsError(Napi::Env env, const char* code, const std::string& message,
                    Napi::Object details) {
  const auto* const errorClass = env.GetInstanceData<Napi::FunctionReference>();
  if (errorClass->IsEmpty()) return Napi::Error::New(env, message);
  const Napi::Value error =
      errorClass->New({Napi::String::New(env, code), Napi::String::New(env, message), details});
  return Napi::Error(env, error);
}

Napi::Error jsError(Napi::Env env, const SysError& error) {
  Napi::Object details = Napi::Object::New(env);
  details["systemCall"] = error.call();
  details["errno"] = std::string(uv_err_name(-error.error()));
  details["port"] = error.port();
  return jsError(env, "NM_SYSTEM_CALL", error.call() + ": " + std::strerror(error.error()),
                 details);
}

}  // namespace nmcap
