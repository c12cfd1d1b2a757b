// JavaScript's SimulatedTraffic: the application of a simulated port, and its peer on the wire.
#pragma once

#include <napi.h>

#include <memory>

#include "sim/traffic.h"

namespace nmcap {

class JsTraffic final : public Napi::ObjectWrap<JsTraffic> {
 public:
  static Napi::Function constructor(Napi::Env env);
  // new SimulatedTraffic(device, options, frames)
  explicit JsTraffic(const Napi::CallbackInfo& info);

 private:
  Napi::Value start(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);
  Napi::Value counts(const Napi::CallbackInfo& info);

  std::shared_ptr<sim::Device> device_;  // outlives the traffic on it
  std::unique_ptr<sim::Traffic> traffic_;
};

}  // namespace nmcap
