// JavaScript's Drain: the thread's handle, its batches as ranges of one ArrayBuffer, its counters.
#pragma once

#include <napi.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "capture/batch_writer.h"
#include "capture/drain.h"
#include "napi/js_port.h"

namespace nmcap {

class JsDrain final : public Napi::ObjectWrap<JsDrain> {
 public:
  static constexpr const char* kName = "Drain";
  static constexpr napi_type_tag kTypeTag = {0x6e6d6361702d6472, 0x61696e2d64726169};

  static Napi::Function constructor(Napi::Env env);
  // new Drain(options, onReady)
  explicit JsDrain(const Napi::CallbackInfo& info);
  ~JsDrain() override { shutDown(); }

  Drain& drain() { return *drain_; }
  // False where it has one, or was started, or cannot have any.
  bool record(std::unique_ptr<Recorder> recorder);

 private:
  Napi::Value setPorts(const Napi::CallbackInfo& info);
  Napi::Value start(const Napi::CallbackInfo& info);
  Napi::Value attach(const Napi::CallbackInfo& info);
  Napi::Value detach(const Napi::CallbackInfo& info);
  Napi::Value requestStop(const Napi::CallbackInfo& info);
  Napi::Value prepareWriter(const Napi::CallbackInfo& info);
  Napi::Value writeTo(const Napi::CallbackInfo& info);
  Napi::Value describe(const Napi::CallbackInfo& info);
  Napi::Value takeWritten(const Napi::CallbackInfo& info);
  Napi::Value segmentEnd(const Napi::CallbackInfo& info);
  Napi::Value segmentFigures(const Napi::CallbackInfo& info);
  Napi::Value endSegment(const Napi::CallbackInfo& info);
  Napi::Value stopWriting(const Napi::CallbackInfo& info);
  Napi::Value handedOverUntil(const Napi::CallbackInfo& info);
  Napi::Value take(const Napi::CallbackInfo& info);
  Napi::Value release(const Napi::CallbackInfo& info);
  Napi::Value end(const Napi::CallbackInfo& info);
  Napi::Value counters(const Napi::CallbackInfo& info);
  Napi::Value statuses(const Napi::CallbackInfo& info);
  Napi::Value close(const Napi::CallbackInfo& info);

  // Of one interface.
  struct Place {
    JsPort* port = nullptr;  // null while there is none
    // Keeps the port from being collected while the thread reads its rings.
    Napi::ObjectReference reference;
    std::uint32_t monitors = 0;  // that the drain was given, one after another
  };
  Port& take(Place& place, Napi::Value value);
  bool hasLeft(std::uint32_t index) const;

  bool writing() const { return writer_ && writer_->writing(); }
  // Joins the threads and gives the ports back. A second call does nothing.
  void shutDown();
  static void shutDownHook(void* drain) { static_cast<JsDrain*>(drain)->shutDown(); }

  enum class State : std::uint8_t { kNew, kStarted, kClosed };

  Napi::Env env_;
  State state_ = State::kNew;
  std::vector<Place> places_;
  Napi::ThreadSafeFunction onReady_;
  std::unique_ptr<Drain> drain_;
  // Where batches are not JavaScript's to take, once it has been given a file.
  std::unique_ptr<BatchWriter> writer_;
};

}  // namespace nmcap
