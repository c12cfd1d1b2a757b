#include "sim/nic.h"

#include <algorithm>

#include "sim/copy.h"

namespace nmcap::sim {
namespace {

// Slots from hwtail up to the one before hwcur are the hardware's: it writes length and flags there
// as well, which saves the descriptors that a driver would read them from.
bool place(Kring& kring, const BufferTable& buffers, std::uint32_t& tail, const WireFrame& frame) {
  const std::uint32_t bufferSize = buffers.bufferSize;
  const std::uint32_t needed = frame.length == 0 ? 1 : (frame.length - 1) / bufferSize + 1;
  const std::uint32_t room = kring.distance(tail, kring.previous(kring.hwcur.load()));
  if (needed > room) return false;
  abi::Slot* const slots = kring.ring->slots();
  for (std::uint32_t done = 0, left = needed; left > 0; left--) {
    abi::Slot& slot = slots[tail];
    const std::uint32_t length = std::min(bufferSize, frame.length - done);
    copyBytes(buffers.at(slot.buf_idx), frame.data + done, length);
    slot.len = static_cast<std::uint16_t>(length);
    slot.flags = left > 1 ? abi::kSlotMoreFragments : 0;
    done += length;
    tail = kring.next(tail);
  }
  return true;
}

}  // namespace

Nic::Nic(const NicConfig& config, std::shared_ptr<Memory> memory)
    : Adapter(config.name,
              {{config.rings, config.rings},
               {config.hostRings, config.hostRings},
               {config.slots, config.slots}},
              std::move(memory), {{syncRx, syncTx}, {syncHostRx, syncHostTx}}),
      hardwareTail_(config.rings) {}

void Nic::connect(Nic& one, Nic& two) {
  one.peer_.store(&two);
  two.peer_.store(&one);
}

void Nic::createKrings() {
  makeKrings();
  for (auto& tail : hardwareTail_) tail.store(0);
}

void Nic::deleteKrings() {
  host_.clear();
  dropKrings();
}

void Nic::enter() {
  const std::lock_guard<std::mutex> lock(wire_);
  activateWanted();
  setOn(true);
}

void Nic::leave() {
  const std::lock_guard<std::mutex> lock(wire_);
  activateWanted();
  if (registrations() == 0) setOn(false);
}

std::size_t Nic::receive(std::uint16_t ring, const WireFrame* frames, std::size_t count) {
  const std::lock_guard<std::mutex> lock(wire_);
  if (!on()) return count;
  Kring& kring = this->kring(kRx, ring);
  if (!kring.active.load(std::memory_order_acquire)) return count;

  std::uint32_t tail = hardwareTail_[ring].load(std::memory_order_relaxed);
  const BufferTable buffers = memory()->buffers();
  std::size_t placed = 0;
  while (placed < count && place(kring, buffers, tail, frames[placed])) placed++;
  hardwareTail_[ring].store(tail);
  kring.notify.load()(kring);
  return placed;
}

bool Nic::sendFromHost(std::uint16_t hostRing, const std::uint8_t* frame, std::size_t length) {
  const std::lock_guard<std::mutex> lock(wire_);
  if (!on() || hostRing >= shape().hostRings[kRx]) return false;
  Kring& kring = this->kring(kRx, shape().rings[kRx] + hostRing);
  const bool sent = kring.active.load() && host_.send(kring, frame, length);
  kring.notify.load()(kring);
  return sent;
}

int Nic::syncRx(Kring& kring) {
  auto& nic = static_cast<Nic&>(kring.adapter);
  kring.hwtail.store(nic.hardwareTail_[kring.number].load());
  kring.hwcur.store(kring.rhead);
  return 0;
}

// The whole frames of one txsync, as one batch; what the peer has no room for is lost.
void Nic::sendToPeer(const Kring& kring, Nic& peer) const {
  const abi::Slot* const slots = kring.ring->slots();
  const std::uint32_t bufferSize = memory()->bufferSize();
  std::vector<std::uint8_t> bytes;
  std::vector<std::size_t> ends;
  for (std::uint32_t i = kring.hwcur.load(); i != kring.rhead; i = kring.next(i)) {
    const std::uint8_t* const data = memory()->buffers().at(slots[i].buf_idx);
    bytes.insert(bytes.end(), data, data + std::min<std::uint32_t>(slots[i].len, bufferSize));
    if ((slots[i].flags & abi::kSlotMoreFragments) == 0) ends.push_back(bytes.size());
  }
  if (ends.empty()) return;
  std::vector<WireFrame> frames;
  std::size_t start = 0;
  for (const std::size_t end : ends) {
    frames.push_back({bytes.data() + start, static_cast<std::uint32_t>(end - start)});
    start = end;
  }
  const std::uint16_t ring = kring.number % peer.shape().rings[kRx];
  peer.receive(ring, frames.data(), frames.size());
}

int Nic::syncTx(Kring& kring) {
  auto& nic = static_cast<Nic&>(kring.adapter);
  if (Nic* const peer = nic.peer_.load(); peer != nullptr) nic.sendToPeer(kring, *peer);
  // Sent and complete; with a buffer's change, if any, taken note of.
  abi::Slot* const slots = kring.ring->slots();
  for (std::uint32_t i = kring.hwcur.load(); i != kring.rhead; i = kring.next(i)) {
    slots[i].flags &= static_cast<std::uint16_t>(~(abi::kSlotReport | abi::kSlotBufferChanged));
  }
  kring.hwcur.store(kring.rhead);
  kring.hwtail.store(kring.previous(kring.rhead));
  return 0;
}

int Nic::syncHostTx(Kring& kring) {
  static_cast<Nic&>(kring.adapter).host_.take(kring);
  return 0;
}

int Nic::syncHostRx(Kring& kring) {
  static_cast<Nic&>(kring.adapter).host_.put(kring);
  return 0;
}

}  // namespace nmcap::sim
