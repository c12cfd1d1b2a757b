// What JavaScript asks about the hardware of network interfaces.
#pragma once

#include <napi.h>

namespace nmcap {

// findLink(name): {mtu, driver?, bitsPerSecond?, offloads}; undefined where there is no such
// interface.
Napi::Value jsFindLink(const Napi::CallbackInfo& info);

}  // namespace nmcap
