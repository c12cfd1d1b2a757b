// Native exceptions as JavaScript ones: every N-API entry runs its body through guarded().
#pragma once

#include <napi.h>

#include <new>
#include <stdexcept>
#include <string>

#include "filter/filter.h"
#include "system/sys_error.h"

namespace nmcap {

// Remembers the TypeScript error class that everything native is thrown as.
Napi::Value setErrorClass(const Napi::CallbackInfo& info);

// An instance of that class. `details` may be empty.
Napi::Error jsError(Napi::Env env, const char* code, const std::string& message,
                    Napi::Object details);
Napi::Error jsError(Napi::Env env, const SysError& error);

template <typename Body>
auto guarded(Napi::Env env, Body&& body) {
  try {
    return body();
  } catch (const SysError& error) {
    throw jsError(env, error);
  } catch (const FilterError& error) {
    throw jsError(env, "NM_BAD_FILTER", error.what(), Napi::Object::New(env));
  } catch (const std::out_of_range& error) {
    throw jsError(env, "NM_ATTACH_FAILED", error.what(), Napi::Object::New(env));
  } catch (const std::invalid_argument& error) {
    throw Napi::RangeError::New(env, error.what());
  } catch (const std::bad_alloc&) {
    throw jsError(env, "NM_NO_RESOURCES", "out of memory", Napi::Object::New(env));
  }
}

}  // namespace nmcap
