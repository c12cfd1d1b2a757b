#include "sim/monitor_sync.h"

#include <algorithm>
#include <mutex>
#include <utility>

#include "sim/adapter.h"
#include "sim/copy.h"

namespace nmcap::sim {
namespace {

// The slots of a batch for which the monitor's ring has room: its newest ones.
struct Batch {
  std::uint32_t first;
  std::uint32_t count;
};

std::uint16_t monitorFlags(const abi::Slot& slot, Side side) {
  const int flags = slot.flags & ~abi::kSlotTxMonitor;
  return static_cast<std::uint16_t>(side == kTx ? flags | abi::kSlotTxMonitor : flags);
}

// A frame is lost when any of its slots is: the count is that of the frames that end in the skipped
// slots, and of the one that the last of them cuts.
void countLosses(const Kring& from, Kring& to, std::uint32_t first, std::uint32_t count) {
  const abi::Slot* const slots = from.ring->slots();
  std::uint64_t frames = 0;
  for (std::uint32_t i = 0; i < count; i++) {
    const bool goesOn = (slots[from.advance(first, i)].flags & abi::kSlotMoreFragments) != 0;
    if (!goesOn || i + 1 == count) frames++;
  }
  to.losses.bySide[from.side].fetch_add(frames, std::memory_order_relaxed);
}

// With the monitor ring's queue lock held.
Batch fit(const Kring& from, Kring& to, Batch offered) {
  const std::uint32_t busy = to.distance(to.hwcur.load(), to.hwtail.load());
  const std::uint32_t room = to.slotCount - 1 - busy;
  if (offered.count <= room) return offered;
  const std::uint32_t skipped = offered.count - room;
  countLosses(from, to, offered.first, skipped);
  return {from.advance(offered.first, skipped), room};
}

void copyTo(const Kring& from, Kring& to, Batch offered) {
  const std::lock_guard<std::mutex> lock(to.queueLock);
  const Batch batch = fit(from, to, offered);
  const BufferTable source = from.adapter.memory()->buffers();
  const BufferTable target = to.adapter.memory()->buffers();
  // A length that user space made up ends with its buffer.
  const std::uint32_t longest = std::min(source.bufferSize, target.bufferSize);
  const abi::Slot* const slots = from.ring->slots();
  abi::Slot* const monitorSlots = to.ring->slots();

  std::uint32_t index = batch.first;
  std::uint32_t tail = to.hwtail.load(std::memory_order_relaxed);
  for (std::uint32_t i = 0; i < batch.count; i++) {
    const abi::Slot& slot = slots[index];
    abi::Slot& monitorSlot = monitorSlots[tail];
    const std::uint32_t length = std::min<std::uint32_t>(slot.len, longest);
    copyBytes(target.at(monitorSlot.buf_idx), source.at(slot.buf_idx), length);
    monitorSlot.len = static_cast<std::uint16_t>(length);
    monitorSlot.flags = monitorFlags(slot, from.side);
    index = from.next(index);
    tail = to.next(tail);
  }
  to.hwtail.store(tail);
}

void copyToMonitors(const Kring& kring, Batch offered) {
  if (offered.count == 0) return;
  for (Kring* const monitor : kring.copyMonitors) {
    copyTo(kring, *monitor, offered);
    monitor->notify.load()(*monitor);
  }
}

void swapInto(Kring& from, Kring& to, Batch offered) {
  const std::lock_guard<std::mutex> lock(to.queueLock);
  const Batch batch = fit(from, to, offered);
  abi::Slot* const slots = from.ring->slots();
  abi::Slot* const monitorSlots = to.ring->slots();
  std::uint32_t index = batch.first;
  std::uint32_t tail = to.hwtail.load(std::memory_order_relaxed);
  for (std::uint32_t i = 0; i < batch.count; i++) {
    abi::Slot& slot = slots[index];
    abi::Slot& monitorSlot = monitorSlots[tail];
    std::swap(slot.buf_idx, monitorSlot.buf_idx);
    std::swap(slot.len, monitorSlot.len);
    monitorSlot.flags = monitorFlags(slot, from.side);
    slot.flags |= abi::kSlotBufferChanged;
    index = from.next(index);
    tail = to.next(tail);
  }
  to.hwtail.store(tail);
}

int syncZeroCopyTx(Kring& kring) {
  const std::uint32_t before = kring.next(kring.hwtail.load());
  const int error = kring.monitoredSync(kring);
  if (error != 0) return error;
  const std::uint32_t after = kring.next(kring.hwtail.load());
  const std::uint32_t freed = kring.distance(before, after);
  Kring& monitor = *kring.chain[kTx].next;
  if (freed != 0) {
    swapInto(kring, monitor, {before, freed});
    monitor.notify.load()(monitor);
  }
  return 0;
}

int syncZeroCopyRx(Kring& kring) {
  const std::uint32_t first = kring.hwcur.load();
  const std::uint32_t released = kring.distance(first, kring.rhead);
  Kring& monitor = *kring.chain[kRx].next;
  if (released != 0) {
    swapInto(kring, monitor, {first, released});
    monitor.notify.load()(monitor);
  }
  return kring.monitoredSync(kring);
}

int syncTx(Kring& kring) {
  const std::uint32_t first = kring.hwcur.load();
  copyToMonitors(kring, {first, kring.distance(first, kring.rhead)});
  return kring.chain[kTx].next != nullptr ? syncZeroCopyTx(kring) : kring.monitoredSync(kring);
}

int syncRx(Kring& kring) {
  const int error =
      kring.chain[kRx].next != nullptr ? syncZeroCopyRx(kring) : kring.monitoredSync(kring);
  if (error != 0 || kring.copyMonitors.empty()) return error;
  const std::uint32_t first = kring.monitoredTail;
  kring.monitoredTail = kring.hwtail.load();
  copyToMonitors(kring, {first, kring.distance(first, kring.monitoredTail)});
  return 0;
}

// Frames have arrived on a monitored ring: copy monitors get them now. Who holds the ring just then
// may already be past them, so it is woken to look again (the kernel leaves it asleep). The
// monitors may be gone by now: then notify is the ring's own again.
void notifyRx(Kring& kring) {
  if (!kring.tryHold(false)) {
    notifySleepers(kring);
    return;
  }
  if (!kring.copyMonitors.empty()) syncRx(kring);
  const Kring::Notify notify = kring.monitored() ? kring.monitoredNotify : kring.notify.load();
  kring.release();
  notify(kring);
}

}  // namespace

void interceptCallbacks(Kring& kring) {
  kring.monitoredSync = kring.sync;
  kring.monitoredNotify = kring.notify.load();
  if (kring.side == kTx) {
    kring.sync = syncTx;
  } else {
    kring.sync = syncRx;
    kring.notify.store(notifyRx);
    kring.monitoredTail = kring.hwtail.load();
  }
}

void restoreCallbacks(Kring& kring) {
  kring.sync = kring.monitoredSync;
  kring.notify.store(kring.monitoredNotify);
}

}  // namespace nmcap::sim
