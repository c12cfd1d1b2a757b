#include "napi/js_reader.h"

#include "napi/js_arguments.h"
#include "system/reader.h"

namespace nmcap {

Napi::Value jsReaderGone(const Napi::CallbackInfo& info) {
  const auto descriptor = numberArgument<std::int32_t>(info, 0);
  return Napi::Boolean::New(info.Env(), readerGone(descriptor));
}

}  // namespace nmcap
