#include "napi/js_drain_values.h"

#include "capture/epb.h"
#include "capture/gap.h"
#include "napi/js_arguments.h"
#include "napi/js_compress.h"

namespace nmcap {
namespace {

Napi::Object wayCounters(Napi::Env env, const WayCounters& counters) {
  Napi::Object object = Napi::Object::New(env);
  object["seen"] = static_cast<double>(counters.seen);
  object["bytes"] = static_cast<double>(counters.bytes);
  object["passed"] = static_cast<double>(counters.passed);
  object["discarded"] = static_cast<double>(counters.discarded);
  object["ringFull"] = static_cast<double>(counters.ringFull);
  object["incomplete"] = static_cast<double>(counters.incomplete);
  return object;
}

}  // namespace

DrainOptions optionsFrom(Napi::Object object) {
  DrainOptions options;
  options.inbound = booleanField(object, "inbound", true);
  options.outbound = booleanField(object, "outbound", true);
  options.snapshotLength =
      numberField<std::uint32_t>(object, "snapshotLength", options.snapshotLength);
  options.packetLimit = numberField<std::uint64_t>(object, "packetLimit", 0);
  options.batchSize = numberField<std::uint32_t>(object, "batchSize", 1 << 20);
  options.batchCount = numberField<std::uint32_t>(object, "batchCount", options.batchCount);
  options.realtime = booleanField(object, "realtime", false);
  options.awaitsPorts = booleanField(object, "awaitsPorts", false);
  // One packet must fit into a batch, and the pool's pages are shared out in whole ones.
  if (options.snapshotLength > kMaxSnapshotLength ||
      options.batchSize < epbSize(options.snapshotLength, true, Gap::kMaxDescription) + kEpbSlack ||
      options.batchSize % 4096 != 0 || options.batchCount < 2) {
    throw Napi::RangeError::New(object.Env(), "snapshotLength, batchSize or batchCount");
  }
  return options;
}

Segment segmentFrom(Napi::Object object) {
  Segment segment;
  segment.descriptor = numberField<std::int32_t>(object, "descriptor", -1);
  segment.bytesLeft = numberField<std::uint64_t>(object, "bytesLeft", Segment::kUnlimited);
  segment.endsAt = numberField<std::int64_t>(object, "endsAt", 0);
  segment.interfaces = numberField<std::uint32_t>(object, "interfaces", 0);
  const Napi::Value compressor = object.Get("compressor");
  if (!compressor.IsUndefined()) {
    segment.compressor = wrapped<JsCompressor>(compressor).compressor();
  }
  return segment;
}

const char* name(Drain::End end) {
  switch (end) {
    case Drain::End::kRunning:
      return "running";
    case Drain::End::kStopped:
      return "stopped";
    case Drain::End::kLimit:
      return "limit";
    case Drain::End::kParentsLeft:
      return "parents-left";
    case Drain::End::kFailed:
      return "failed";
  }
  return "failed";
}

const char* name(SegmentEnd end) {
  switch (end) {
    case SegmentEnd::kFull:
      return "full";
    case SegmentEnd::kTime:
      return "time";
    case SegmentEnd::kAsked:
      return "asked";
  }
  return "asked";
}

Napi::Array interfaceCounts(Napi::Env env, const std::vector<InterfaceCounts>& counts) {
  Napi::Array array = Napi::Array::New(env, counts.size());
  for (std::uint32_t i = 0; i < counts.size(); i++) {
    Napi::Object count = Napi::Object::New(env);
    count["seen"] = static_cast<double>(counts[i].seen);
    count["passed"] = static_cast<double>(counts[i].passed);
    count["discarded"] = static_cast<double>(counts[i].discarded);
    array[i] = count;
  }
  return array;
}

Napi::Array ringArray(Napi::Env env, const std::vector<RingCounters>& rings) {
  Napi::Array array = Napi::Array::New(env, rings.size());
  for (std::uint32_t i = 0; i < rings.size(); i++) {
    Napi::Object ring = Napi::Object::New(env);
    ring["interfaceId"] = rings[i].interfaceId;
    ring["ring"] = rings[i].ring;
    ring["inbound"] = wayCounters(env, rings[i].ways[kInbound]);
    ring["outbound"] = wayCounters(env, rings[i].ways[kOutbound]);
    array[i] = ring;
  }
  return array;
}

Napi::Object figuresObject(Napi::Env env, const SegmentFigures& figures) {
  Napi::Object object = Napi::Object::New(env);
  object["packets"] = static_cast<double>(figures.packets);
  object["bytes"] = static_cast<double>(figures.bytes);
  object["firstTime"] = static_cast<double>(figures.firstTime);
  object["lastTime"] = static_cast<double>(figures.lastTime);
  object["nextTime"] = static_cast<double>(figures.nextTime);
  object["compressing"] = figures.compressing;
  object["writing"] = figures.writing;
  object["error"] = figures.error;
  object["interfaces"] = static_cast<double>(figures.interfaces);
  object["counts"] = interfaceCounts(env, figures.counts);
  return object;
}

}  // namespace nmcap
