// The N-API surface. The js_… files check arguments and hand on; what they call knows no
// JavaScript.
#include <napi.h>

#include "filter/bounded_program.h"
#include "filter/filter.h"
#include "napi/js_compress.h"
#include "napi/js_device.h"
#include "napi/js_drain.h"
#include "napi/js_error.h"
#include "napi/js_filter.h"
#include "napi/js_link.h"
#include "napi/js_port.h"
#include "napi/js_reader.h"
#include "napi/js_recorder.h"
#include "napi/js_traffic.h"
#include "napi/js_user.h"
#include "netmap/abi.h"

#ifdef NMCAP_TEST_PORT
#include "js_test_port.h"
#endif

namespace {

Napi::Object init(Napi::Env env, Napi::Object exports) {
  env.SetInstanceData(std::make_unique<Napi::FunctionReference>().release());
  exports["setErrorClass"] = Napi::Function::New(env, nmcap::setErrorClass);
  exports["portInfo"] = Napi::Function::New(env, nmcap::jsPortInfo);
  exports["valePorts"] = Napi::Function::New(env, nmcap::jsValePorts);
  exports["valeSwitchIndex"] = Napi::Function::New(env, nmcap::jsValeSwitchIndex);
  exports["interfaceNames"] = Napi::Function::New(env, nmcap::jsInterfaceNames);
  exports["findLink"] = Napi::Function::New(env, nmcap::jsFindLink);
  exports["describeFilter"] = Napi::Function::New(env, nmcap::jsDescribeFilter);
  exports["readerGone"] = Napi::Function::New(env, nmcap::jsReaderGone);
  exports["findUser"] = Napi::Function::New(env, nmcap::jsFindUser);
  exports["filterStepLimit"] = Napi::Number::New(env, nmcap::kMaxFilterSteps);
  exports["netmapApiVersion"] = Napi::Number::New(env, nmcap::abi::kApiVersion);
  exports["libpcapVersion"] = Napi::String::New(env, nmcap::pcapVersion());
  exports["Selection"] = nmcap::JsSelection::constructor(env);
  exports["Port"] = nmcap::JsPort::constructor(env);
  exports["Compressor"] = nmcap::JsCompressor::constructor(env);
  exports["ZstdDecompressor"] = nmcap::JsZstdDecompressor::constructor(env);
  exports["Drain"] = nmcap::JsDrain::constructor(env);
  exports["Recorder"] = nmcap::JsRecorder::constructor(env);
  exports["SimulatedDevice"] = nmcap::JsDevice::constructor(env);
  exports["SimulatedTraffic"] = nmcap::JsTraffic::constructor(env);
#ifdef NMCAP_TEST_PORT
  exports["TestPort"] = nmcap::JsTestPort::constructor(env);
#endif
  return exports;
}

}  // namespace

NODE_API_MODULE(nmcap, init)
