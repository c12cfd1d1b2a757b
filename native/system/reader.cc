#include "system/reader.h"

#include <poll.h>

namespace nmcap {

// Both events are reported without being asked for. Linux says POLLERR for a pipe and POLLHUP for a
// socket, FreeBSD POLLHUP for both.
bool readerGone(int descriptor) {
  pollfd output{descriptor, 0, 0};
  return ::poll(&output, 1, 0) == 1 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

}  // namespace nmcap
