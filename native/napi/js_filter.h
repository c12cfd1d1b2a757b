// JavaScript's Selection, and the text of a compiled filter.
#pragma once

#include <napi.h>

#include <memory>

#include "savefile/selection.h"

namespace nmcap {

class JsSelection final : public Napi::ObjectWrap<JsSelection> {
 public:
  static Napi::Function constructor(Napi::Env env);
  // new Selection(expression?)
  explicit JsSelection(const Napi::CallbackInfo& info);

 private:
  Napi::Value describe(const Napi::CallbackInfo& info);
  Napi::Value takeRefusals(const Napi::CallbackInfo& info);
  Napi::Value select(const Napi::CallbackInfo& info);
  Napi::Value convert(const Napi::CallbackInfo& info);
  Napi::Value overruns(const Napi::CallbackInfo& info);

  std::unique_ptr<Selection> selection_;
};

// describeFilter(expression, linkType): the compiled program, or one for each direction, an
// instruction a line.
Napi::Value jsDescribeFilter(const Napi::CallbackInfo& info);

}  // namespace nmcap
