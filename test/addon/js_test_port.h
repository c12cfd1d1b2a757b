// JavaScript's TestPort: uses a Port slot by slot, as an application does. Only for the contract
// suite: in a clone it is compiled into the addon, the package is shipped without it.
#pragma once

#include <napi.h>

#include "napi/js_port.h"

namespace nmcap {

class JsTestPort final : public Napi::ObjectWrap<JsTestPort> {
 public:
  static Napi::Function constructor(Napi::Env env);
  // new TestPort(port)
  explicit JsTestPort(const Napi::CallbackInfo& info);

 private:
  // Rings are counted among the bound ones.
  Napi::Value put(const Napi::CallbackInfo& info);
  Napi::Value slots(const Napi::CallbackInfo& info);
  Napi::Value release(const Napi::CallbackInfo& info);
  Napi::Value spoil(const Napi::CallbackInfo& info);
  Napi::Value rxSync(const Napi::CallbackInfo& info);
  Napi::Value txSync(const Napi::CallbackInfo& info);
  Napi::Value poll(const Napi::CallbackInfo& info);

  Port& port() const { return port_->port(); }

  Napi::ObjectReference reference_;  // keeps port_ from being collected
  JsPort* port_;
};

}  // namespace nmcap
