// What JavaScript asks about the descriptors that it writes to.
#pragma once

#include <napi.h>

namespace nmcap {

// readerGone(descriptor): whether nobody can read any more what is written to the pipe or socket.
Napi::Value jsReaderGone(const Napi::CallbackInfo& info);

}  // namespace nmcap
