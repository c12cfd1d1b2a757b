// The kernel's side of a ring (netmap_kern.h, struct netmap_kring): where the device is in it, what
// user space has released, the callbacks that move frames, and who monitors it.
//
// Indices run as the kernel has them:
//   rx: hwcur <= head <= cur <= tail <= hwtail    frames in head … tail-1 are user space's
//   tx: hwcur <= head <= cur <= tail <= hwtail    slots in hwcur … head-1 wait to be sent
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "netmap/abi.h"
#include "sim/wakeup.h"

namespace nmcap::sim {

class Adapter;

// Numbered as netmap_ring.dir.
enum Side : std::uint8_t { kRx = abi::kRingDirRx, kTx = abi::kRingDirTx };
inline constexpr Side kSides[] = {kRx, kTx};
constexpr Side other(Side side) { return side == kRx ? kTx : kRx; }

struct Kring {
  // Moves frames between the ring and its other side, with the ring held (tryHold). 0 or errno.
  using Sync = int (*)(Kring&);
  // Wakes whoever waits for the ring; called with the ring not held.
  using Notify = void (*)(Kring&);

  // Frames that a monitor missed because its ring was full; the real kernel keeps no such count.
  struct Losses {
    std::atomic<std::uint64_t> bySide[2] = {};
  };

  // The neighbours in one of the two chains of zero-copy monitors (tx, rx) that a ring is in. A
  // monitored ring that is not a monitor's own has the chain's last ring in `previous`.
  struct ChainLink {
    Kring* previous = nullptr;
    Kring* next = nullptr;
  };

  Kring(Adapter& adapter, Side side, std::uint16_t number, std::uint32_t slotCount, Sync sync);

  std::uint32_t next(std::uint32_t index) const { return index + 1 == slotCount ? 0 : index + 1; }
  std::uint32_t previous(std::uint32_t index) const {
    return index == 0 ? slotCount - 1 : index - 1;
  }
  // Slots from `from` up to `to`.
  std::uint32_t distance(std::uint32_t from, std::uint32_t to) const {
    return to >= from ? to - from : to + slotCount - from;
  }
  std::uint32_t advance(std::uint32_t index, std::uint32_t count) const {
    const std::uint32_t sum = index + count;
    return sum >= slotCount ? sum - slotCount : sum;
  }

  // The right to sync the ring. Given to one at a time, and to nobody while the ring is stopped:
  // then a caller that may not sleep gets a refusal, any other waits until start(). Undone by
  // release().
  bool tryHold(bool maySleep);
  void release() { held.store(false, std::memory_order_release); }
  // Waits for the holder to end and keeps everybody out until start().
  void stop();
  void start();

  // Take over what user space wrote to the shared ring, before a sync; false when it makes no sense
  // (nm_txsync_prologue, nm_rxsync_prologue). Then reinitialize() and no sync.
  bool beginTxSync();
  bool beginRxSync();
  // Shows user space what the sync brought.
  void finishSync();
  // Takes buffers that do not exist out of the shared ring, and indices that lie outside of it;
  // wrong ones within the ring become the kernel's own (netmap_ring_reinit).
  void reinitialize();
  void stampTime();

  bool monitored() const {
    return !copyMonitors.empty() || chain[kRx].next != nullptr || chain[kTx].next != nullptr;
  }

  // Fixed.
  Adapter& adapter;
  const Side side;
  const std::uint16_t number;  // NIC rings from 0, host rings after them
  const std::uint32_t slotCount;

  // Written by the holder of the ring (hwtail of a VALE port's or a monitor's rx ring: by the
  // holder of `queueLock`), read by everybody.
  std::atomic<std::uint32_t> hwcur{0};
  std::atomic<std::uint32_t> hwtail;
  // The holder's.
  std::uint32_t rhead = 0;
  std::uint32_t rcur = 0;
  std::uint32_t rtail;
  Sync sync;
  // Called by whoever brings news, hence atomic; changed while the ring is stopped.
  std::atomic<Notify> notify;

  WaitQueue waiting;
  std::mutex queueLock;  // among those who put frames into one rx ring

  // Registration, with the device's lock held; `active` is also read by what moves frames.
  abi::Ring* ring = nullptr;  // in the kernel's mapping; null while nobody has the ring open
  unsigned users = 0;
  bool exclusive = false;
  bool wanted = false;  // by a descriptor that is being or has been registered
  std::atomic<bool> active{false};
  bool ownsBuffers = true;  // fake rings and pipe ends do not
  bool needed = false;      // even without users: the other end of a pipe that is open
  Kring* pipe = nullptr;    // the ring at the other end
  std::atomic<std::uint32_t> pipeTail{0};

  // Monitors of this ring: changed while the ring is stopped, read by its holder.
  std::vector<Kring*> copyMonitors;
  ChainLink chain[2];
  Sync monitoredSync = nullptr;  // `sync` and `notify` as they were before the first monitor
  Notify monitoredNotify = nullptr;
  std::uint32_t monitoredTail = 0;  // rx: copy monitors have seen the frames before it

  Losses losses;  // when this is a monitor's ring

 private:
  std::atomic<bool> held{false};
  std::atomic<bool> stopped{false};
};

// The default notification: wakes whoever sleeps on the ring.
void notifySleepers(Kring& kring);

}  // namespace nmcap::sim
