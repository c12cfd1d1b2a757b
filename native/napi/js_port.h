// JavaScript's Port: one registration, and what the kernel granted it.
#pragma once

#include <napi.h>

#include <memory>

#include "netmap/port.h"

namespace nmcap {

class JsPort final : public Napi::ObjectWrap<JsPort> {
 public:
  static constexpr const char* kName = "Port";
  static constexpr napi_type_tag kTypeTag = {0x6e6d6361702d706f, 0x72742d706f72742d};

  static Napi::Function constructor(Napi::Env env);
  // new Port(request, device?)
  explicit JsPort(const Napi::CallbackInfo& info);

  Port& port() { return *port_; }
  // Whether a Drain has the port: close() is refused until it does not, and so is another Drain.
  bool drained() const { return drained_; }
  void setDrained(bool value) { drained_ = value; }

 private:
  Napi::Value close(const Napi::CallbackInfo& info);

  std::shared_ptr<NetmapSys> device_;  // outlives the port
  std::unique_ptr<Port> port_;
  bool drained_ = false;
};

// portInfo(name, device?)
Napi::Value jsPortInfo(const Napi::CallbackInfo& info);
// valePorts(device?)
Napi::Value jsValePorts(const Napi::CallbackInfo& info);
// valeSwitchIndex(name, device?)
Napi::Value jsValeSwitchIndex(const Napi::CallbackInfo& info);
// interfaceNames()
Napi::Value jsInterfaceNames(const Napi::CallbackInfo& info);

}  // namespace nmcap
