#include "sim/pipe.h"

#include <algorithm>

namespace nmcap::sim {
namespace {

constexpr std::uint32_t kMaxRings = 256;
constexpr std::uint32_t kMaxSlots = 4096;

Shape masterShape(const Adapter& parent, const abi::RegisterRequest& request) {
  const Shape& shape = parent.shape();
  return {{static_cast<std::uint16_t>(bounded(request.rx_rings, 1, kMaxRings)),
           static_cast<std::uint16_t>(bounded(request.tx_rings, 1, kMaxRings))},
          {0, 0},
          {bounded(request.rx_slots, shape.slots[kRx], kMaxSlots),
           bounded(request.tx_slots, shape.slots[kTx], kMaxSlots)}};
}

Shape mirrored(Shape shape) {
  std::swap(shape.rings[kRx], shape.rings[kTx]);
  std::swap(shape.slots[kRx], shape.slots[kTx]);
  return shape;
}

// A buffer is in the slots of both rings of a pair, but belongs to the user half of one: the others
// forget it before the buffers are given back (netmap_pipe_krings_delete_both).
void forgetKernelSlots(Kring& kring) {
  if (kring.ring == nullptr) return;
  abi::Slot* const slots = kring.ring->slots();
  const std::uint32_t tail = kring.pipeTail.load();
  if (kring.side == kRx) slots[tail].buf_idx = 0;
  for (std::uint32_t i = kring.next(tail); i != kring.hwcur.load(); i = kring.next(i)) {
    slots[i].buf_idx = 0;
  }
}

}  // namespace

PipeEnd::PipeEnd(const std::string& name, const Shape& shape, std::shared_ptr<Memory> memory)
    : Adapter(name, shape, std::move(memory), {{syncRx, syncTx}, {nullptr, nullptr}}) {}

// The end that is opened first brings the buffers for both.
void PipeEnd::createKrings() {
  if (hasKrings()) return;
  makeKrings();
  peer_->makeKrings();
  for (const Side side : kSides) {
    for (std::uint16_t i = 0; i < shape().rings[side]; i++) {
      Kring& own = kring(side, i);
      Kring& across = peer_->kring(other(side), i);
      own.pipe = &across;
      across.pipe = &own;
      across.ownsBuffers = false;
    }
  }
}

void PipeEnd::deleteKrings() {
  if (peer_->registrations() != 0) return;
  for (PipeEnd* const end : {this, peer_}) {
    end->eachKring([](Kring& kring) {
      if (kring.pipe == nullptr) return;
      forgetKernelSlots(kring);
      kring.needed = false;
      kring.ownsBuffers = true;
    });
  }
  for (PipeEnd* const end : {this, peer_}) end->deleteRings();
  for (PipeEnd* const end : {this, peer_}) end->dropKrings();
}

// Rings at the other end are made along with this end's and start out with the same slots; from
// then on both stay until the pipe goes.
void PipeEnd::enter() {
  eachKring([](Kring& own) {
    if (own.wanted && own.pipe != nullptr) own.pipe->needed = true;
  });
  peer_->createRings();
  eachKring([](Kring& own) {
    if (!own.wanted || own.pipe == nullptr) return;
    Kring& across = *own.pipe;
    if (own.ownsBuffers || across.ownsBuffers) {
      const Kring& real = own.ownsBuffers ? own : across;
      const Kring& mirror = own.ownsBuffers ? across : own;
      std::copy_n(real.ring->slots(), real.slotCount, mirror.ring->slots());
    }
    own.ownsBuffers = across.ownsBuffers = false;
    own.needed = true;
  });
  activateWanted();
  setOn(true);
}

void PipeEnd::leave() {
  activateWanted();
  if (registrations() == 0) setOn(false);
}

int PipeEnd::syncTx(Kring& kring) {
  Kring& across = *kring.pipe;
  kring.hwtail.store(kring.pipeTail.load());
  abi::Slot* const sent = kring.ring->slots();
  abi::Slot* const received = across.ring->slots();
  bool whole = false;
  std::uint32_t end = 0;  // after the last slot of a whole frame
  std::uint32_t i = kring.hwcur.load();
  for (; i != kring.rhead; i = kring.next(i)) {
    received[i] = sent[i];
    sent[i].flags &= static_cast<std::uint16_t>(~abi::kSlotBufferChanged);
    if ((sent[i].flags & abi::kSlotMoreFragments) != 0) continue;
    end = kring.next(i);
    whole = true;
  }
  kring.hwcur.store(i);
  if (whole) {
    across.pipeTail.store(end);
    across.notify.load()(across);
  }
  return 0;
}

int PipeEnd::syncRx(Kring& kring) {
  Kring& across = *kring.pipe;
  kring.hwtail.store(kring.pipeTail.load());
  std::uint32_t i = kring.hwcur.load();
  if (i == kring.rhead) return 0;
  abi::Slot* const received = kring.ring->slots();
  abi::Slot* const sent = across.ring->slots();
  for (; i != kring.rhead; i = kring.next(i)) {
    sent[i] = received[i];
    received[i].flags &= static_cast<std::uint16_t>(~abi::kSlotBufferChanged);
  }
  across.pipeTail.store(kring.previous(i));
  kring.hwcur.store(i);
  across.notify.load()(across);
  return 0;
}

Pipe::Pipe(std::shared_ptr<Adapter> parent, const std::string& id,
           const abi::RegisterRequest& request)
    : parent_(std::move(parent)),
      master_(parent_->name() + "{" + id, masterShape(*parent_, request), parent_->memory()),
      slave_(parent_->name() + "}" + id, mirrored(masterShape(*parent_, request)),
             parent_->memory()) {
  master_.peer_ = &slave_;
  slave_.peer_ = &master_;
}

}  // namespace nmcap::sim
