// JavaScript's Port: one registration, and what the kernel granted it.
#pragma once

#include <napi.h>

#include <memory>

#include "netmap/port.h"

namespace nmcap {

class JsPort final : public Napi::ObjectWrap<JsPort> {
 public:
  static Napi::Function constructor(Napi::Env env);
  // new Port(request, device?)
  explicit JsPort(const Napi::CallbackInfo& info);

  Port& port() { return *port_; }
  // Whether a Drain's thread reads the rings now: close() is refused until it does not.
  void drained(bool value) { drained_ = value; }

 private:
  Napi::Value granted(const Napi::CallbackInfo& info);
  // Slot by slot, as an application uses a port. Rings are counted among the bound ones.
  Napi::Value put(const Napi::CallbackInfo& info);
  Napi::Value slots(const Napi::CallbackInfo& info);
  Napi::Value release(const Napi::CallbackInfo& info);
  Napi::Value rxSync(const Napi::CallbackInfo& info);
  Napi::Value txSync(const Napi::CallbackInfo& info);
  Napi::Value poll(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  std::shared_ptr<NetmapSys> device_;  // outlives the port
  std::unique_ptr<Port> port_;
  bool drained_ = false;
};

// portInfo(name, device?)
Napi::Value jsPortInfo(const Napi::CallbackInfo& info);

}  // namespace nmcap
