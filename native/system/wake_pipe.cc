#include "system/wake_pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include "system/sys_error.h"

namespace nmcap {

WakePipe::WakePipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) throw SysError("pipe", "");
  readEnd_ = ends[0];
  writeEnd_ = ends[1];
}

WakePipe::~WakePipe() {
  ::close(readEnd_);
  ::close(writeEnd_);
}

void WakePipe::wake() {
  // A full pipe wakes as well as one more byte would.
  [[maybe_unused]] const auto written = ::write(writeEnd_, "", 1);
}

void WakePipe::clear() {
  char waste[64];
  while (::read(readEnd_, waste, sizeof waste) > 0) {
  }
}

}  // namespace nmcap
