// How the simulated kernel refuses a request: thrown by whatever finds the fault, turned into errno
// where the system calls end (device.cc).
#pragma once

namespace nmcap::sim {

struct Refusal {
  int error;  // errno
};

}  // namespace nmcap::sim
