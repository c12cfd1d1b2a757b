// Reading what JavaScript passed: every value is checked for its type and its range.
#pragma once

#include <napi.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace nmcap {

inline Napi::Object objectArgument(const Napi::CallbackInfo& info, std::size_t index) {
  if (!info[index].IsObject()) throw Napi::TypeError::New(info.Env(), "an object is needed");
  return info[index].As<Napi::Object>();
}

// `value` as the native object of class T that it must be. The type tag, which T's constructor sets
// last, distinguishes it from any other object before it is unwrapped.
template <typename T>
T& wrapped(Napi::Value value) {
  if (value.IsObject() && value.As<Napi::Object>().CheckTypeTag(&T::kTypeTag)) {
    return *T::Unwrap(value.As<Napi::Object>());
  }
  throw Napi::TypeError::New(value.Env(), std::string("a ") + T::kName + " is needed");
}

// `value` as a whole number from 0 to T's largest, 2^53 at most. `name`: for the error.
template <typename T>
T wholeNumber(Napi::Value value, const char* name) {
  constexpr double kExact = 9007199254740992.0;
  const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
  const double largest = static_cast<double>(std::numeric_limits<T>::max());
  if (!(number >= 0 && number <= largest && number <= kExact) || std::floor(number) != number) {
    throw Napi::RangeError::New(value.Env(), std::string(name) + " is out of range");
  }
  return static_cast<T>(number);
}

template <typename T>
T numberArgument(const Napi::CallbackInfo& info, std::size_t index) {
  return wholeNumber<T>(info[index], "a number");
}

inline std::string stringArgument(const Napi::CallbackInfo& info, std::size_t index) {
  if (!info[index].IsString()) throw Napi::TypeError::New(info.Env(), "a string is needed");
  return info[index].As<Napi::String>().Utf8Value();
}

// A copy.
inline std::vector<std::uint8_t> copiedBytesArgument(const Napi::CallbackInfo& info,
                                                     std::size_t index) {
  if (!info[index].IsTypedArray()) throw Napi::TypeError::New(info.Env(), "bytes are needed");
  const auto bytes = info[index].As<Napi::Uint8Array>();
  return {bytes.Data(), bytes.Data() + bytes.ByteLength()};
}

// `fallback` where the field is not there.
template <typename T>
T numberField(Napi::Object object, const char* name, T fallback) {
  const Napi::Value value = object.Get(name);
  return value.IsUndefined() ? fallback : wholeNumber<T>(value, name);
}

inline bool booleanField(Napi::Object object, const char* name, bool fallback) {
  const Napi::Value value = object.Get(name);
  return value.IsUndefined() ? fallback : value.ToBoolean().Value();
}

inline std::string stringField(Napi::Object object, const char* name) {
  const Napi::Value value = object.Get(name);
  if (!value.IsString()) {
    throw Napi::TypeError::New(object.Env(), std::string(name) + " must be a string");
  }
  return value.As<Napi::String>().Utf8Value();
}

}  // namespace nmcap
