#include "sim/memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <tuple>

#include "sim/refusal.h"

namespace nmcap::sim {
namespace {

constexpr std::size_t kPage = 4096;
constexpr std::size_t kCacheLine = 64;
constexpr std::size_t kReservedBuffers = 2;

constexpr std::size_t roundUp(std::size_t value, std::size_t unit) {
  return (value + unit - 1) / unit * unit;
}

constexpr std::size_t ringBytes(std::uint32_t slots) {
  return sizeof(abi::Ring) + std::size_t{slots} * sizeof(abi::Slot);
}

constexpr std::size_t interfaceBytes(std::size_t rings) {
  return sizeof(abi::Interface) + rings * sizeof(std::int64_t);
}

// FreeBSD has it since 13.0.
int createObject() { return ::memfd_create("nmcap-sim", MFD_CLOEXEC); }

void* mapObject(int object, std::size_t length) {
  return ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, object, 0);
}

}  // namespace

bool operator<(const MemorySize& left, const MemorySize& right) {
  const auto key = [](const MemorySize& size) {
    return std::make_tuple(size.interfaces.objectSize, size.interfaces.count, size.rings.objectSize,
                           size.rings.count, size.buffers.objectSize, size.buffers.count);
  };
  return key(left) < key(right);
}

Pool::Pool(std::size_t offset, const PoolSize& size)
    : offset_(offset), objectSize_(roundUp(size.objectSize, kCacheLine)), used_(size.count) {}

std::size_t Pool::end() const { return roundUp(offset_ + objectSize_ * used_.size(), kPage); }

std::uint32_t Pool::take() {
  for (; lowestFree_ < count(); lowestFree_++) {
    if (used_[lowestFree_]) continue;
    used_[lowestFree_] = true;
    return lowestFree_++;
  }
  return kNone;
}

void Pool::give(std::uint32_t index) {
  if (index >= count() || !used_[index]) return;
  used_[index] = false;
  lowestFree_ = std::min(lowestFree_, index);
}

Memory::Memory(std::uint16_t id, bool isPrivate, const MemorySize& size)
    : id_(id),
      private_(isPrivate),
      interfacePool_(0, size.interfaces),
      ringPool_(interfacePool_.end(), size.rings),
      bufferPool_(ringPool_.end(), size.buffers),
      size_(bufferPool_.end()),
      object_(createObject()) {
  if (object_ < 0) throw Refusal{ENOMEM};
  void* const place =
      ::ftruncate(object_, static_cast<off_t>(size_)) == 0 ? mapObject(object_, size_) : MAP_FAILED;
  if (place == MAP_FAILED) {
    ::close(object_);
    throw Refusal{ENOMEM};
  }
  base_ = static_cast<std::uint8_t*>(place);
  buffers_ = {base_ + bufferPool_.offset(), static_cast<std::uint32_t>(bufferPool_.objectSize()),
              bufferPool_.count()};
  for (std::size_t i = 0; i < kReservedBuffers; i++) bufferPool_.take();
}

Memory::~Memory() {
  ::munmap(base_, size_);
  ::close(object_);
}

void* Memory::map(std::size_t length) const {
  if (length > size_) {
    errno = EINVAL;
    return MAP_FAILED;
  }
  return mapObject(object_, length);
}

std::uint8_t* Memory::take(Pool& pool, std::size_t bytes) {
  const std::uint32_t index = bytes <= pool.objectSize() ? pool.take() : Pool::kNone;
  if (index == Pool::kNone) throw Refusal{ENOMEM};
  std::uint8_t* const object = base_ + pool.offset() + index * pool.objectSize();
  std::memset(object, 0, bytes);
  return object;
}

void Memory::give(Pool& pool, const void* object) {
  const auto place = static_cast<std::size_t>(offsetOf(object)) - pool.offset();
  pool.give(static_cast<std::uint32_t>(place / pool.objectSize()));
}

abi::Interface* Memory::takeInterface(std::size_t ringCount) {
  return reinterpret_cast<abi::Interface*>(take(interfacePool_, interfaceBytes(ringCount)));
}

void Memory::giveInterface(abi::Interface* interface) { give(interfacePool_, interface); }

abi::Ring* Memory::takeRing(std::uint32_t slots) {
  auto* const ring = reinterpret_cast<abi::Ring*>(take(ringPool_, ringBytes(slots)));
  ring->buf_ofs = static_cast<std::int64_t>(bufferPool_.offset()) - offsetOf(ring);
  ring->buf_size = bufferSize();
  ring->num_slots = slots;
  return ring;
}

void Memory::giveRing(abi::Ring* ring) { give(ringPool_, ring); }

void Memory::takeBuffers(abi::Ring& ring) {
  abi::Slot* const slots = ring.slots();
  for (std::uint32_t i = 0; i < ring.num_slots; i++) {
    const std::uint32_t index = bufferPool_.take();
    if (index == Pool::kNone) {
      giveBuffers(ring);
      throw Refusal{ENOMEM};
    }
    slots[i] = {index, static_cast<std::uint16_t>(bufferSize()), 0, 0};
  }
}

void Memory::giveBuffers(abi::Ring& ring) {
  abi::Slot* const slots = ring.slots();
  for (std::uint32_t i = 0; i < ring.num_slots; i++) {
    if (hasBuffer(slots[i].buf_idx)) bufferPool_.give(slots[i].buf_idx);
    slots[i].buf_idx = 0;
  }
}

MemorySize sharedMemorySize(std::uint32_t rings, std::uint32_t slots, std::uint32_t bufferSize) {
  return {{std::max<std::size_t>(1024, interfaceBytes(rings)), 100},
          {std::max(9 * kPage, ringBytes(slots)), 200},
          {bufferSize, 163840}};
}

MemorySize privateMemorySize(std::uint32_t txRings, std::uint32_t txSlots, std::uint32_t rxRings,
                             std::uint32_t rxSlots, std::uint32_t pipes) {
  const std::uint32_t tx = txRings + 1;
  const std::uint32_t rx = rxRings + 1;
  const std::uint32_t buffers = (4 * pipes + rx) * rxSlots + (4 * pipes + tx) * txSlots +
                                static_cast<std::uint32_t>(kReservedBuffers);
  return {{std::max<std::size_t>(1024, interfaceBytes(tx + rx)), 2 + 4 * pipes},
          {std::max(5 * kPage, ringBytes(std::max(txSlots, rxSlots))),
           std::max(4u, tx + rx + 8 * pipes)},
          {2048, std::max(4098u, buffers)}};
}

}  // namespace nmcap::sim
