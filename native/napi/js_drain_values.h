// A drain's options and counters as JavaScript's objects, which src/binding/drain.ts describes.
#pragma once

#include <napi.h>

#include <vector>

#include "capture/drain.h"
#include "capture/segment.h"

namespace nmcap {

// NativeDrainOptions, without the filter. Throws a RangeError.
DrainOptions optionsFrom(Napi::Object object);
// NativeSegment.
Segment segmentFrom(Napi::Object object);

const char* name(Drain::End end);
const char* name(SegmentEnd end);

// NativeInterfaceCounts[].
Napi::Array interfaceCounts(Napi::Env env, const std::vector<InterfaceCounts>& counts);
// The rings of NativeCounters.
Napi::Array ringArray(Napi::Env env, const std::vector<RingCounters>& rings);
// NativeSegmentFigures.
Napi::Object figuresObject(Napi::Env env, const SegmentFigures& figures);

}  // namespace nmcap
