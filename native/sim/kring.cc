#include "sim/kring.h"

#include <chrono>
#include <thread>

#include "sim/adapter.h"

namespace nmcap::sim {
namespace {

// The shared ring's fields are user space's to write at any time: read once, whole.
std::uint32_t load(const std::uint32_t& field) { return __atomic_load_n(&field, __ATOMIC_ACQUIRE); }
void store(std::uint32_t& field, std::uint32_t value) {
  __atomic_store_n(&field, value, __ATOMIC_RELEASE);
}

void pause() { std::this_thread::sleep_for(std::chrono::microseconds(20)); }

}  // namespace

Kring::Kring(Adapter& owner, Side which, std::uint16_t index, std::uint32_t slots, Sync callback)
    : adapter(owner),
      side(which),
      number(index),
      slotCount(slots),
      // One slot always stays empty, so that a full ring differs from an empty one.
      hwtail(which == kTx ? slots - 1 : 0),
      rtail(which == kTx ? slots - 1 : 0),
      sync(callback),
      notify(notifySleepers),
      pipeTail(which == kTx ? slots - 1 : 0) {}

bool Kring::tryHold(bool maySleep) {
  for (;;) {
    if (!stopped.load(std::memory_order_acquire)) {
      const bool wasHeld = held.exchange(true, std::memory_order_acquire);
      if (!stopped.load(std::memory_order_acquire)) return !wasHeld;
      if (!wasHeld) release();
    }
    if (!maySleep) return false;
    pause();
  }
}

void Kring::stop() {
  stopped.store(true, std::memory_order_release);
  while (held.exchange(true, std::memory_order_acquire)) pause();
}

void Kring::start() {
  stopped.store(false, std::memory_order_release);
  release();
}

bool Kring::beginTxSync() {
  const std::uint32_t head = load(ring->head);
  const std::uint32_t cur = load(ring->cur);
  // rhead <= head <= cur <= rtail, around the ring.
  if (head >= slotCount || cur >= slotCount) return false;
  if (distance(rhead, head) > distance(rhead, rtail)) return false;
  if (distance(head, cur) > distance(head, rtail)) return false;
  if (load(ring->tail) != rtail) store(ring->tail, rtail);
  rhead = head;
  rcur = cur;
  return true;
}

bool Kring::beginRxSync() {
  const std::uint32_t head = load(ring->head);
  const std::uint32_t cur = load(ring->cur);
  const std::uint32_t first = hwcur.load(std::memory_order_relaxed);
  const std::uint32_t last = hwtail.load(std::memory_order_acquire);
  // hwcur <= head <= cur <= hwtail, around the ring.
  if (head >= slotCount || cur >= slotCount) return false;
  if (distance(first, head) > distance(first, last)) return false;
  if (distance(head, cur) > distance(head, last)) return false;
  if (load(ring->tail) != rtail) store(ring->tail, rtail);
  rhead = head;
  rcur = cur;
  return true;
}

void Kring::finishSync() {
  rtail = hwtail.load(std::memory_order_acquire);
  store(ring->tail, rtail);
}

void Kring::reinitialize() {
  abi::Slot* const slots = ring->slots();
  const Memory& memory = *adapter.memory();
  for (std::uint32_t i = 0; i < slotCount; i++) {
    if (!memory.hasBuffer(slots[i].buf_idx)) {
      slots[i].buf_idx = 0;
      slots[i].len = 0;
    } else if (slots[i].len > memory.bufferSize()) {
      slots[i].len = 0;
    }
  }
  const std::uint32_t head = load(ring->head);
  const std::uint32_t cur = load(ring->cur);
  const std::uint32_t tail = load(ring->tail);
  if (head < slotCount && cur < slotCount && tail < slotCount) {
    rhead = head;
    rcur = cur;
    rtail = tail;
    return;
  }
  rhead = rcur = hwcur.load(std::memory_order_relaxed);
  rtail = hwtail.load(std::memory_order_acquire);
  store(ring->head, rhead);
  store(ring->cur, rcur);
  store(ring->tail, rtail);
}

void Kring::stampTime() {
  timeval now{};
  ::gettimeofday(&now, nullptr);
  __atomic_store_n(&ring->ts.tv_sec, now.tv_sec, __ATOMIC_RELAXED);
  __atomic_store_n(&ring->ts.tv_usec, now.tv_usec, __ATOMIC_RELAXED);
}

void notifySleepers(Kring& kring) { kring.waiting.wake(); }

}  // namespace nmcap::sim
