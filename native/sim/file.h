// An open descriptor of the simulated device (struct netmap_priv_d): unbound at first, then bound
// to the rings of a port until it is closed.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "sim/binding.h"
#include "sim/wakeup.h"

namespace nmcap::sim {

// Frames that a monitor's ring had no room for.
struct RingLoss {
  std::uint16_t ring;
  std::uint64_t rx;
  std::uint64_t tx;
};

class File {
 public:
  // Throws Refusal when there is no descriptor left.
  explicit File(std::mutex& deviceLock) : deviceLock_(deviceLock) {}
  ~File();
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  // A real descriptor: what the user knows this file by, readable when a sleeping poll should look
  // at the rings again.
  int descriptor() const { return wakeup_.descriptor(); }

  // With the device's lock held. Throws Refusal: EBUSY when it is bound already, and what Binding
  // throws.
  void bind(std::shared_ptr<Adapter> adapter, const abi::RegisterRequest& request);
  // Null as long as it is not bound.
  const Binding* binding() const { return binding_.load(std::memory_order_acquire); }

  // NIOCTXSYNC and NIOCRXSYNC: 0, or ENXIO when it is not bound. Errors on a ring are
  // not reported (netmap.c, netmap_ioctl).
  int sync(Side side);
  // One look at the rings, syncing them, without sleeping: poll(2)'s revents.
  short poll(short events);
  // From here to dropSleep() news on the rings that `events` is about makes the descriptor
  // readable.
  void prepareSleep(short events);
  void dropSleep(short events);

  std::vector<RingLoss> losses() const;

 private:
  short pollTx(const Binding& binding, short wanted) const;
  short pollRx(const Binding& binding, short wanted) const;

  std::mutex& deviceLock_;
  Wakeup wakeup_;
  std::unique_ptr<Binding> owned_;
  std::atomic<Binding*> binding_{nullptr};
};

}  // namespace nmcap::sim
