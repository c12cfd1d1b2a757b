#include "sim/vale.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "sim/refusal.h"

namespace nmcap::sim {
namespace {

constexpr std::size_t kMaxPorts = 254;
constexpr std::uint32_t kMaxRings = 16;
constexpr std::uint32_t kMaxSlots = 4096;
constexpr std::uint32_t kDefaultSlots = 1024;
constexpr std::size_t kMaxSwitchNameLength = 15;
constexpr std::size_t kMaxPortNameLength = 15;
constexpr std::uint16_t kEverywhere = 0xfffe;
constexpr std::uint16_t kNowhere = 0xffff;
constexpr std::uint32_t kEthernetHeader = 14;
constexpr std::uint8_t kGroupBit = 1;  // of an address's first byte

std::uint64_t addressAt(const std::uint8_t* bytes) {
  std::uint64_t address = 0;
  for (int i = 0; i < 6; i++) address = address << 8 | bytes[i];
  return address;
}

std::size_t tableIndex(std::uint64_t address, std::size_t size) {
  return static_cast<std::size_t>(address * 0x9e3779b97f4a7c15u >> 40) % size;
}

// A length that no buffer has room for makes the slot empty (nm_vale_preflush).
std::uint32_t soundLength(const Kring& kring, const abi::Slot& slot) {
  return slot.len <= kring.adapter.memory()->bufferSize() ? slot.len : 0;
}

}  // namespace

std::uint16_t ValeSwitch::attach(ValePort& port) {
  const std::lock_guard<std::mutex> lock(lock_);
  auto place = std::find(ports_.begin(), ports_.end(), nullptr);
  if (place == ports_.end()) {
    if (ports_.size() == kMaxPorts) throw Refusal{ENOMEM};
    place = ports_.insert(place, nullptr);
  }
  *place = &port;
  return static_cast<std::uint16_t>(place - ports_.begin());
}

void ValeSwitch::detach(ValePort& port) {
  const std::lock_guard<std::mutex> lock(lock_);
  std::replace(ports_.begin(), ports_.end(), &port, static_cast<ValePort*>(nullptr));
}

std::uint32_t ValeSwitch::placeOf(const std::string& name) {
  const std::lock_guard<std::mutex> lock(lock_);
  const auto port = std::find_if(ports_.begin(), ports_.end(), [&](const ValePort* each) {
    return each != nullptr && each->name() == name;
  });
  return port != ports_.end() ? (*port)->place() : kNoPort;
}

const ValePort* ValeSwitch::portFrom(std::uint32_t place) {
  const std::lock_guard<std::mutex> lock(lock_);
  for (std::size_t i = place; i < ports_.size(); i++) {
    if (ports_[i] != nullptr) return ports_[i];
  }
  return nullptr;
}

std::vector<ValeSwitch::Frame> ValeSwitch::framesOf(const Kring& kring) {
  const abi::Slot* const slots = kring.ring->slots();
  std::vector<Frame> frames;
  std::uint32_t first = kring.hwcur.load();
  std::uint32_t count = 0;
  for (std::uint32_t i = first; i != kring.rhead; i = kring.next(i)) {
    count++;
    const bool goesOn = (slots[i].flags & abi::kSlotMoreFragments) != 0;
    if (goesOn && kring.next(i) != kring.rhead) continue;
    frames.push_back({first, count, kNowhere});
    first = kring.next(i);
    count = 0;
  }
  return frames;
}

// netmap_vale_learning.
std::uint16_t ValeSwitch::destination(ValePort& from, const Kring& kring, const Frame& frame) {
  const abi::Slot& slot = kring.ring->slots()[frame.first];
  if (soundLength(kring, slot) < kEthernetHeader) return kNowhere;
  const std::uint8_t* const bytes = from.memory()->buffers().at(slot.buf_idx);
  const std::uint64_t source = addressAt(bytes + 6);
  if ((bytes[6] & kGroupBit) == 0 && from.lastSource != source) {
    from.lastSource = source;
    table_[tableIndex(source, kTableSize)] = {source, from.place()};
  }
  if ((bytes[0] & kGroupBit) != 0) return kEverywhere;
  const std::uint64_t target = addressAt(bytes);
  const Learned& learned = table_[tableIndex(target, kTableSize)];
  return learned.address == target ? learned.port : kEverywhere;
}

void ValeSwitch::forward(ValePort& from, Kring& kring) {
  std::vector<Frame> frames = framesOf(kring);
  const std::lock_guard<std::mutex> lock(lock_);
  for (Frame& frame : frames) frame.port = destination(from, kring, frame);
  for (ValePort* const port : ports_) {
    if (port != nullptr && port != &from && port->on()) deliver(kring, *port, frames);
  }
  abi::Slot* const slots = kring.ring->slots();
  for (std::uint32_t i = kring.hwcur.load(); i != kring.rhead; i = kring.next(i)) {
    slots[i].flags &= static_cast<std::uint16_t>(~abi::kSlotBufferChanged);
  }
}

// What is meant for one port goes to the ring of the sender's number, what goes everywhere to ring
// 0. The first frame without room ends the batch.
void ValeSwitch::deliver(const Kring& from, ValePort& to, const std::vector<Frame>& frames) {
  const std::uint16_t rings = to.shape().rings[kRx];
  const BufferTable source = from.adapter.memory()->buffers();
  const BufferTable target = to.memory()->buffers();
  const abi::Slot* const slots = from.ring->slots();
  for (std::uint16_t number = 0; number < rings; number++) {
    Kring& kring = to.kring(kRx, number);
    if (!kring.active.load(std::memory_order_acquire)) continue;
    const auto isMeant = [&](const Frame& frame) {
      return frame.port == kEverywhere ? number == 0
                                       : frame.port == to.place() && number == from.number % rings;
    };
    bool delivered = false;
    {
      const std::lock_guard<std::mutex> lock(kring.queueLock);
      std::uint32_t tail = kring.hwtail.load();
      std::uint32_t room = kring.distance(tail, kring.previous(kring.hwcur.load()));
      for (const Frame& frame : frames) {
        if (!isMeant(frame)) continue;
        if (frame.slots > room) break;
        room -= frame.slots;
        for (std::uint32_t i = 0; i < frame.slots; i++) {
          const abi::Slot& sent = slots[from.advance(frame.first, i)];
          abi::Slot& slot = kring.ring->slots()[tail];
          const std::uint32_t length = std::min(soundLength(from, sent), target.bufferSize);
          std::memcpy(target.at(slot.buf_idx), source.at(sent.buf_idx), length);
          slot.len = static_cast<std::uint16_t>(length);
          const bool last = i + 1 == frame.slots;
          slot.flags =
              static_cast<std::uint16_t>(frame.slots << 8 | (last ? 0 : abi::kSlotMoreFragments));
          tail = kring.next(tail);
        }
        delivered = true;
      }
      kring.hwtail.store(tail);
    }
    if (delivered) kring.notify.load()(kring);
  }
}

std::string ValePort::switchName(const std::string& name) {
  const std::size_t colon = name.find(':');
  if (colon == std::string::npos || colon > kMaxSwitchNameLength) return "";
  if (name.size() - colon - 1 > kMaxPortNameLength) return "";
  const auto isIdentifier = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  const auto end = name.begin() + static_cast<std::ptrdiff_t>(colon);
  return std::all_of(name.begin(), end, isIdentifier) ? name.substr(0, colon) : "";
}

Shape ValePort::shapeFor(const abi::RegisterRequest& request) {
  return {{static_cast<std::uint16_t>(bounded(request.rx_rings, 1, kMaxRings)),
           static_cast<std::uint16_t>(bounded(request.tx_rings, 1, kMaxRings))},
          {0, 0},
          {bounded(request.rx_slots, kDefaultSlots, kMaxSlots),
           bounded(request.tx_slots, kDefaultSlots, kMaxSlots)}};
}

ValePort::ValePort(const std::string& name, const abi::RegisterRequest& request,
                   std::shared_ptr<Memory> memory, std::shared_ptr<ValeSwitch> valeSwitch)
    : Adapter(name, shapeFor(request), std::move(memory), {{syncRx, syncTx}, {nullptr, nullptr}}),
      switch_(std::move(valeSwitch)),
      place_(switch_->attach(*this)) {}

ValePort::~ValePort() { switch_->detach(*this); }

void ValePort::enter() {
  const std::lock_guard<std::mutex> lock(switch_->lock());
  activateWanted();
  setOn(true);
}

void ValePort::leave() {
  const std::lock_guard<std::mutex> lock(switch_->lock());
  activateWanted();
  if (registrations() == 0) setOn(false);
}

int ValePort::syncTx(Kring& kring) {
  auto& port = static_cast<ValePort&>(kring.adapter);
  port.switch_->forward(port, kring);
  kring.hwcur.store(kring.rhead);
  kring.hwtail.store(kring.previous(kring.rhead));
  return 0;
}

int ValePort::syncRx(Kring& kring) {
  const std::lock_guard<std::mutex> lock(kring.queueLock);
  kring.hwcur.store(kring.rhead);
  return 0;
}

}  // namespace nmcap::sim
