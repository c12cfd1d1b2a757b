#include "sim/host_stack.h"

#include <algorithm>
#include <cstring>

#include "sim/adapter.h"

namespace nmcap::sim {

bool HostStack::send(Kring& kring, const std::uint8_t* frame, std::size_t length) {
  if (length > kring.adapter.memory()->bufferSize()) return false;
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto waiting = std::count_if(queue_.begin(), queue_.end(),
                                     [&](const Waiting& entry) { return entry.kring == &kring; });
  const std::uint32_t busy = kring.distance(kring.hwcur.load(), kring.hwtail.load());
  if (busy + static_cast<std::uint32_t>(waiting) >= kring.slotCount - 1) return false;
  queue_.push_back({&kring, {frame, frame + length}});
  return true;
}

std::uint64_t HostStack::received() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return received_;
}

void HostStack::take(Kring& txKring) {
  const std::lock_guard<std::mutex> lock(mutex_);
  received_ += txKring.distance(txKring.hwcur.load(), txKring.rhead);
  txKring.hwcur.store(txKring.rhead);
  txKring.hwtail.store(txKring.previous(txKring.rhead));
}

void HostStack::put(Kring& rxKring) {
  const BufferTable buffers = rxKring.adapter.memory()->buffers();
  abi::Slot* const slots = rxKring.ring->slots();
  const std::lock_guard<std::mutex> lock(mutex_);
  std::uint32_t tail = rxKring.hwtail.load();
  const std::uint32_t stop = rxKring.previous(rxKring.hwcur.load());
  for (auto entry = queue_.begin(); entry != queue_.end() && tail != stop;) {
    if (entry->kring != &rxKring) {
      ++entry;
      continue;
    }
    abi::Slot& slot = slots[tail];
    std::memcpy(buffers.at(slot.buf_idx), entry->frame.data(), entry->frame.size());
    slot.len = static_cast<std::uint16_t>(entry->frame.size());
    slot.flags = 0;
    tail = rxKring.next(tail);
    entry = queue_.erase(entry);
  }
  rxKring.hwtail.store(tail);
  rxKring.hwcur.store(rxKring.rhead);
}

void HostStack::clear() {
  const std::lock_guard<std::mutex> lock(mutex_);
  queue_.clear();
}

}  // namespace nmcap::sim
