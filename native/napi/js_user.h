// What JavaScript asks about the users of the system.
#pragma once

#include <napi.h>

namespace nmcap {

// findUser(nameOrId): {name, uid, gid}; undefined where there is no such user.
Napi::Value jsFindUser(const Napi::CallbackInfo& info);

}  // namespace nmcap
