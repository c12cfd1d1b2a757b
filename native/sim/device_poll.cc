// Device::poll: simulated descriptors and ordinary ones in one call.
#include <poll.h>

#include <cerrno>
#include <chrono>
#include <memory>
#include <vector>

#include "sim/device.h"

namespace nmcap::sim {
namespace {

using Clock = std::chrono::steady_clock;

// A simulated port in the caller's set.
struct Watched {
  std::shared_ptr<File> file;
  std::size_t place;
};

int look(const std::vector<Watched>& ports, pollfd* fds) {
  int ready = 0;
  for (const Watched& port : ports) {
    pollfd& entry = fds[port.place];
    entry.revents = port.file->poll(entry.events);
    if (entry.revents != 0) ready++;
  }
  return ready;
}

class Sleep {
 public:
  Sleep(const std::vector<Watched>& ports, const pollfd* fds) : ports_(ports), fds_(fds) {
    for (const Watched& port : ports_) port.file->prepareSleep(fds_[port.place].events);
  }
  ~Sleep() {
    for (const Watched& port : ports_) port.file->dropSleep(fds_[port.place].events);
  }
  Sleep(const Sleep&) = delete;
  Sleep& operator=(const Sleep&) = delete;

 private:
  const std::vector<Watched>& ports_;
  const pollfd* const fds_;
};

// Milliseconds left, rounded up so that nothing is woken before its time; -1 for ever.
int remaining(int timeoutMs, Clock::time_point start) {
  if (timeoutMs < 0) return -1;
  using std::chrono::milliseconds;
  const auto end = start + milliseconds(timeoutMs);
  const auto left = std::chrono::ceil<milliseconds>(end - Clock::now()).count();
  return left > 0 ? static_cast<int>(left) : 0;
}

}  // namespace

int Device::poll(pollfd* fds, nfds_t count, int timeoutMs) {
  const auto start = Clock::now();
  std::vector<Watched> ports;
  // What the system's poll sees: ordinary descriptors as they are, simulated ones by their wakeup.
  std::vector<pollfd> real(fds, fds + count);
  for (nfds_t i = 0; i < count; i++) {
    auto open = file(fds[i].fd);
    if (open == nullptr) continue;
    real[i].events = POLLIN;
    ports.push_back({std::move(open), i});
  }
  if (ports.empty()) return ::poll(fds, count, timeoutMs);

  for (;;) {
    int ready = look(ports, fds);
    int result;
    if (ready == 0) {
      const Sleep sleep(ports, fds);
      // Once more, since what came before prepareSleep() wakes nobody.
      ready = look(ports, fds);
      result = ::poll(real.data(), count, ready != 0 ? 0 : remaining(timeoutMs, start));
    } else {
      result = ::poll(real.data(), count, 0);
    }
    if (result < 0) return -1;
    // A simulated port is ready when its rings are, not when it was woken; they are checked once
    // more when the time is up.
    if (ready == 0) ready = look(ports, fds);
    std::size_t next = 0;
    for (nfds_t i = 0; i < count; i++) {
      if (next < ports.size() && ports[next].place == i) {
        next++;
        continue;
      }
      fds[i].revents = real[i].revents;
      if (fds[i].revents != 0) ready++;
    }
    if (ready != 0 || remaining(timeoutMs, start) == 0) return ready;
  }
}

}  // namespace nmcap::sim
