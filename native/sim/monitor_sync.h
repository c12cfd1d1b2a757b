// What a monitor does to the rings that it watches (netmap_monitor.c): it replaces their sync and
// notify callbacks by its own, which copy frames, or swap buffers, into the monitors' rx rings and
// then call what they replaced.
//
//   copy monitor       tx: frames that the application hands over, before they are sent
//                      rx: frames that have just arrived, whether the application reads or not
//   zero-copy monitor  tx: frames whose slots have become free again
//                      rx: frames that the application has released
#pragma once

#include "sim/kring.h"

namespace nmcap::sim {

// With the ring stopped; before the first monitor is added, after the last one is removed.
void interceptCallbacks(Kring& kring);
void restoreCallbacks(Kring& kring);

}  // namespace nmcap::sim
