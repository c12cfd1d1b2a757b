#include "napi/js_drain.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "filter/link_type.h"
#include "napi/js_arguments.h"
#include "napi/js_drain_values.h"
#include "napi/js_error.h"
#include "napi/js_port.h"

namespace nmcap {
namespace {

std::optional<std::string> filterFrom(Napi::Object options) {
  if (options.Get("filter").IsUndefined()) return std::nullopt;
  return stringField(options, "filter");
}

// What onReady throws is an uncaught exception like that of any other callback; node itself would
// swallow it (DEP0168). Without C++ exceptions: a worker that is being ended can neither run
// JavaScript nor throw any.
void callOnReady(Napi::Env env, Napi::Function onReady) {
  if (napi_call_function(env, env.Undefined(), onReady, 0, nullptr, nullptr) == napi_ok) return;
  bool thrown = false;
  napi_value exception = nullptr;
  if (napi_is_exception_pending(env, &thrown) == napi_ok && thrown &&
      napi_get_and_clear_last_exception(env, &exception) == napi_ok) {
    napi_fatal_exception(env, exception);
  }
}

}  // namespace

Napi::Function JsDrain::constructor(Napi::Env env) {
  return DefineClass(env, "Drain",
                     {InstanceMethod<&JsDrain::setPorts>("setPorts"),
                      InstanceMethod<&JsDrain::start>("start"),
                      InstanceMethod<&JsDrain::attach>("attach"),
                      InstanceMethod<&JsDrain::detach>("detach"),
                      InstanceMethod<&JsDrain::requestStop>("requestStop"),
                      InstanceMethod<&JsDrain::writeTo>("writeTo"),
                      InstanceMethod<&JsDrain::prepareWriter>("prepareWriter"),
                      InstanceMethod<&JsDrain::describe>("describe"),
                      InstanceMethod<&JsDrain::takeWritten>("takeWritten"),
                      InstanceMethod<&JsDrain::segmentEnd>("segmentEnd"),
                      InstanceMethod<&JsDrain::segmentFigures>("segmentFigures"),
                      InstanceMethod<&JsDrain::endSegment>("endSegment"),
                      InstanceMethod<&JsDrain::stopWriting>("stopWriting"),
                      InstanceMethod<&JsDrain::handedOverUntil>("handedOverUntil"),
                      InstanceMethod<&JsDrain::take>("take"),
                      InstanceMethod<&JsDrain::release>("release"),
                      InstanceMethod<&JsDrain::end>("end"),
                      InstanceMethod<&JsDrain::counters>("counters"),
                      InstanceMethod<&JsDrain::statuses>("statuses"),
                      InstanceMethod<&JsDrain::close>("close")});
}

JsDrain::JsDrain(const Napi::CallbackInfo& info)
    : Napi::ObjectWrap<JsDrain>(info), env_(info.Env()) {
  const Napi::Env env = info.Env();
  if (!info[1].IsFunction()) throw Napi::TypeError::New(env, "new Drain(options, onReady)");
  const Napi::Object object = objectArgument(info, 0);
  const DrainOptions options = optionsFrom(object);
  const std::optional<std::string> expression = filterFrom(object);
  guarded(env, [&] {
    std::unique_ptr<PacketFilter> filter;
    if (expression) filter = std::make_unique<PacketFilter>(*expression, kLinkTypeEthernet);
    drain_ = std::make_unique<Drain>(
        options, std::move(filter),
        [this] {
          if (!writing()) onReady_.NonBlockingCall(callOnReady);
        },
        [this] { onReady_.NonBlockingCall(callOnReady); });
  });
  // The pool lives on for as long as JavaScript can see its memory.
  const std::shared_ptr<BatchPool> pool = drain_->pool();
  info.This().As<Napi::Object>().DefineProperty(Napi::PropertyDescriptor::Value(
      "memory",
      Napi::ArrayBuffer::New(env, pool->data(), pool->size(), [pool](Napi::Env, void*) {}),
      napi_enumerable));
  // Last: it keeps the process alive, which a Drain that could not be made must not.
  onReady_ = Napi::ThreadSafeFunction::New(env, info[1].As<Napi::Function>(), "nmcap drain", 0, 1);
  // A worker may be ended at any time. Hooks run in the reverse order of their registration, so the
  // threads end before the function that they call is taken down.
  napi_add_env_cleanup_hook(env, shutDownHook, this);
  info.This().As<Napi::Object>().TypeTag(&kTypeTag);
}

bool JsDrain::record(std::unique_ptr<Recorder> recorder) {
  if (state_ != State::kNew || drain_->recorder() != nullptr) return false;
  return drain_->record(std::move(recorder));
}

Napi::Value JsDrain::setPorts(const Napi::CallbackInfo& info) {
  if (state_ != State::kNew || !places_.empty() || !info[0].IsArray()) {
    throw Napi::Error::New(info.Env(), "setPorts(ports) is called once, before start()");
  }
  const auto array = info[0].As<Napi::Array>();
  std::vector<Napi::Value> values;
  for (std::uint32_t i = 0; i < array.Length(); i++) values.push_back(array.Get(i));
  // From here on no JavaScript runs that could change what has been checked.
  std::vector<Place> places;
  std::vector<Port*> ports;
  for (const Napi::Value& value : values) {
    Place place;
    ports.push_back(value.IsUndefined() ? nullptr : &take(place, value));
    const bool isTwice = std::count(ports.begin(), ports.end(), ports.back()) > 1;
    if (place.port != nullptr && isTwice) {
      throw Napi::Error::New(info.Env(), "the port has a drain already");
    }
    places.push_back(std::move(place));
  }
  if (std::all_of(ports.begin(), ports.end(), [](const Port* port) { return port == nullptr; })) {
    throw Napi::TypeError::New(info.Env(), "a Port is needed");
  }
  places_ = std::move(places);
  for (const Place& place : places_) {
    if (place.port != nullptr) place.port->setDrained(true);
  }
  drain_->setPorts(ports);
  return info.Env().Undefined();
}

// Checks a port that is to be drained, and keeps it.
Port& JsDrain::take(Place& place, Napi::Value value) {
  JsPort& port = wrapped<JsPort>(value);
  if (!port.port().isOpen()) throw Napi::Error::New(value.Env(), "the port is closed");
  if (port.drained()) {
    throw Napi::Error::New(value.Env(), "the port has a drain already");
  }
  place.reference = Napi::Persistent(value.As<Napi::Object>());
  place.port = &port;
  place.monitors++;
  return port.port();
}

Napi::Value JsDrain::attach(const Napi::CallbackInfo& info) {
  const auto index = numberArgument<std::uint32_t>(info, 0);
  const bool isFree =
      index == places_.size() || (index < places_.size() && places_[index].port == nullptr);
  if (state_ != State::kStarted || !isFree) {
    throw Napi::Error::New(info.Env(), "attach() follows start(), and detach() of a port");
  }
  Place arriving = index < places_.size() ? std::move(places_[index]) : Place{};
  Port& port = take(arriving, info[1]);
  if (index == places_.size()) places_.emplace_back();
  places_[index] = std::move(arriving);
  places_[index].port->setDrained(true);
  drain_->attach(index, &port);
  return info.Env().Undefined();
}

Napi::Value JsDrain::detach(const Napi::CallbackInfo& info) {
  const auto index = numberArgument<std::uint32_t>(info, 0);
  if (index >= places_.size() || places_[index].port == nullptr || !hasLeft(index)) {
    throw Napi::Error::New(info.Env(), "detach() is for ports that have left");
  }
  places_[index].port->setDrained(false);
  places_[index].port = nullptr;
  places_[index].reference.Reset();
  return info.Env().Undefined();
}

// Whether the thread has done with the monitor that it was given last.
bool JsDrain::hasLeft(std::uint32_t index) const {
  const std::vector<PortStatus> statuses = drain_->statuses();
  if (index >= statuses.size()) return false;  // The thread has not seen it yet.
  const PortStatus& status = statuses[index];
  return status.left && status.monitors == places_[index].monitors;
}

Napi::Value JsDrain::start(const Napi::CallbackInfo& info) {
  if (state_ != State::kNew || places_.empty()) {
    throw Napi::Error::New(info.Env(), "start() follows setPorts(), once and before close()");
  }
  state_ = State::kStarted;
  drain_->start();
  return info.Env().Undefined();
}

Napi::Value JsDrain::requestStop(const Napi::CallbackInfo& info) {
  drain_->requestStop();
  return info.Env().Undefined();
}

Napi::Value JsDrain::prepareWriter(const Napi::CallbackInfo& info) {
  if (state_ != State::kNew || writer_) {
    throw Napi::Error::New(info.Env(), "prepareWriter() is called once, before start()");
  }
  guarded(info.Env(), [&] {
    writer_ =
        std::make_unique<BatchWriter>(*drain_, [this] { onReady_.NonBlockingCall(callOnReady); });
  });
  return info.Env().Undefined();
}

Napi::Value JsDrain::writeTo(const Napi::CallbackInfo& info) {
  const Segment segment = segmentFrom(objectArgument(info, 0));
  if (state_ == State::kNew && writer_ && writer_->start(segment)) return info.Env().Undefined();
  if (!writer_ || !writer_->ended()) {
    throw Napi::Error::New(info.Env(),
                           "writeTo() follows prepareWriter() before start(), or a segment's end");
  }
  writer_->next(segment);
  return info.Env().Undefined();
}

Napi::Value JsDrain::segmentEnd(const Napi::CallbackInfo& info) {
  const std::optional<SegmentEnd> end = writer_ ? writer_->ended() : std::nullopt;
  if (!end) return info.Env().Undefined();
  return Napi::String::New(info.Env(), name(*end));
}

Napi::Value JsDrain::segmentFigures(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  if (!writer_ || (writer_->writing() && !writer_->ended())) return env.Undefined();
  return figuresObject(env, writer_->figures());
}

Napi::Value JsDrain::describe(const Napi::CallbackInfo& info) {
  const auto interfaceId = numberArgument<std::uint32_t>(info, 0);
  const auto reserve = numberArgument<std::uint32_t>(info, 2);
  std::vector<std::uint8_t> block = copiedBytesArgument(info, 1);
  if (writer_) writer_->describe({interfaceId, std::move(block), reserve});
  return info.Env().Undefined();
}

Napi::Value JsDrain::endSegment(const Napi::CallbackInfo& info) {
  if (writer_) writer_->requestEnd();
  return info.Env().Undefined();
}

Napi::Value JsDrain::stopWriting(const Napi::CallbackInfo& info) {
  if (writer_) writer_->leave();
  return info.Env().Undefined();
}

Napi::Value JsDrain::takeWritten(const Napi::CallbackInfo& info) {
  const std::uint64_t packets = writer_ ? writer_->takeWritten() : 0;
  return Napi::Number::New(info.Env(), static_cast<double>(packets));
}

Napi::Value JsDrain::handedOverUntil(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), static_cast<double>(drain_->handedOver().until));
}

Napi::Value JsDrain::take(const Napi::CallbackInfo& info) {
  if (writing()) return info.Env().Undefined();
  const std::optional<BatchPool::Batch> batch = drain_->take();
  if (!batch) return info.Env().Undefined();
  Napi::Object object = Napi::Object::New(info.Env());
  object["index"] = batch->index;
  object["start"] = static_cast<double>(batch->start);
  object["length"] = static_cast<double>(batch->length - batch->start);
  object["packetCount"] = batch->packets;
  object["position"] = static_cast<double>(batch->position);
  object["counts"] = interfaceCounts(info.Env(), drain_->countsAt(batch->index));
  return object;
}

Napi::Value JsDrain::release(const Napi::CallbackInfo& info) {
  drain_->release(numberArgument<std::uint32_t>(info, 0));
  return info.Env().Undefined();
}

Napi::Value JsDrain::end(const Napi::CallbackInfo& info) {
  Napi::Object object = Napi::Object::New(info.Env());
  const Drain::End end = writing() ? Drain::End::kRunning : drain_->end();
  object["reason"] = name(end);
  if (end == Drain::End::kFailed) object["message"] = std::string(std::strerror(drain_->error()));
  return object;
}

Napi::Value JsDrain::counters(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Napi::Object object = Napi::Object::New(env);
  object["rings"] = ringArray(env, drain_->counters());
  object["filterOverruns"] = static_cast<double>(drain_->filterOverruns());
  object["startedAt"] = static_cast<double>(drain_->startedAt());
  object["endedAt"] = static_cast<double>(drain_->endedAt());
  object["writtenInPlace"] =
      static_cast<double>(writer_ ? writer_->writtenInPlace() : std::uint64_t{0});
  object["standIns"] = static_cast<double>(drain_->standIns());
  return object;
}

Napi::Value JsDrain::statuses(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  const std::vector<PortStatus> statuses = drain_->statuses();
  Napi::Array array = Napi::Array::New(env, statuses.size());
  for (std::uint32_t i = 0; i < statuses.size(); i++) {
    Napi::Object status = Napi::Object::New(env);
    status["left"] = hasLeft(i);
    status["resets"] = static_cast<double>(statuses[i].resets);
    array[i] = status;
  }
  return array;
}

Napi::Value JsDrain::close(const Napi::CallbackInfo& info) {
  shutDown();
  return info.Env().Undefined();
}

void JsDrain::shutDown() {
  if (state_ == State::kClosed) return;
  state_ = State::kClosed;
  // Join the threads, which are the only ones to call onReady_.
  drain_->close();
  if (writer_) writer_->finish();
  onReady_.Release();
  napi_remove_env_cleanup_hook(env_, shutDownHook, this);
  for (Place& place : places_) {
    if (place.port != nullptr) place.port->setDrained(false);
    place.port = nullptr;
    place.reference.Reset();
  }
}

}  // namespace nmcap
