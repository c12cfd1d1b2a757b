// JavaScript's SimulatedDevice: a netmap device within this process, in place of the kernel's.
#pragma once

#include <napi.h>

#include <memory>

#include "netmap/sys.h"
#include "sim/device.h"

namespace nmcap {

class JsDevice final : public Napi::ObjectWrap<JsDevice> {
 public:
  static constexpr const char* kName = "SimulatedDevice";
  static constexpr napi_type_tag kTypeTag = {0x6e6d6361702d7369, 0x6d2d646576696365};

  static Napi::Function constructor(Napi::Env env);
  // new SimulatedDevice()
  explicit JsDevice(const Napi::CallbackInfo& info);

  const std::shared_ptr<sim::Device>& device() const { return device_; }

 private:
  Napi::Value addNic(const Napi::CallbackInfo& info);
  Napi::Value connect(const Napi::CallbackInfo& info);
  Napi::Value losses(const Napi::CallbackInfo& info);

  // Shared with the ports on it: at the end of a process objects go in any order.
  std::shared_ptr<sim::Device> device_;
};

// The device that an optional argument names; the kernel's where it is undefined.
std::shared_ptr<NetmapSys> deviceArgument(const Napi::CallbackInfo& info, std::size_t index);
// The same where only a SimulatedDevice will do.
std::shared_ptr<sim::Device> simulatedDeviceArgument(const Napi::CallbackInfo& info,
                                                     std::size_t index);

}  // namespace nmcap
