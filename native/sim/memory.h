// Netmap memory, as sys/dev/netmap/netmap_mem2.c lays it out: one memory object that holds a pool
// of netmap_if structures, then a pool of rings, then the buffers. Objects of a
// pool have one size; the lowest free one is taken first. Buffers 0 and 1 are never given out: a
// slot that points nowhere points at buffer 0.
//
// The simulated kernel works in a mapping of its own; map() makes another one, which is undone with
// munmap(2) and keeps the memory alive by itself.
//
// Everything but buffers() and map() is called with the device's lock held.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "netmap/abi.h"

namespace nmcap::sim {

// Bytes of one object and how many there are.
struct PoolSize {
  std::size_t objectSize;
  std::uint32_t count;
};

struct MemorySize {
  PoolSize interfaces;
  PoolSize rings;
  PoolSize buffers;
};
bool operator<(const MemorySize& left, const MemorySize& right);

// A section of the memory that is divided into objects of one size.
class Pool {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  // Starts `offset` bytes into the memory; the object size is rounded up to a cache line.
  Pool(std::size_t offset, const PoolSize& size);

  std::size_t offset() const { return offset_; }
  std::size_t objectSize() const { return objectSize_; }
  std::uint32_t count() const { return static_cast<std::uint32_t>(used_.size()); }
  std::size_t end() const;  // rounded up to a page

  // The lowest free object, or kNone.
  std::uint32_t take();
  // What is not taken is left alone: an application may have written any index into its slots.
  void give(std::uint32_t index);

 private:
  std::size_t offset_;
  std::size_t objectSize_;
  std::vector<bool> used_;
  std::uint32_t lowestFree_ = 0;  // nothing below is free
};

// Where the buffers are. To be copied into a local variable where it is used for many slots: the
// compiler must assume that writing to a buffer changes anything else in memory.
struct BufferTable {
  std::uint8_t* base;
  std::uint32_t bufferSize;
  std::uint32_t count;

  // Buffer 0 when there is no buffer `index`, as netmap_kern.h's NMB has it.
  std::uint8_t* at(std::uint32_t index) const {
    return base + static_cast<std::size_t>(index < count ? index : 0) * bufferSize;
  }
};

class Memory {
 public:
  // `id` is nmreq_register's mem_id; `isPrivate` is shown in netmap_if's flags. Throws
  // Refusal (ENOMEM).
  Memory(std::uint16_t id, bool isPrivate, const MemorySize& size);
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  std::uint16_t id() const { return id_; }
  bool isPrivate() const { return private_; }
  std::size_t size() const { return size_; }
  std::uint32_t bufferSize() const { return buffers_.bufferSize; }

  // A further mapping of the first `length` bytes. MAP_FAILED and errno as mmap(2), EINVAL when
  // `length` is more than there is (LINUX/netmap_linux.c, linux_netmap_mmap).
  void* map(std::size_t length) const;

  // A zeroed netmap_if with room for `ringCount` offsets. Throws Refusal (ENOMEM).
  abi::Interface* takeInterface(std::size_t ringCount);
  void giveInterface(abi::Interface* interface);

  // A ring of `slots` slots that point nowhere; buf_ofs, buf_size and num_slots are set. Throws
  // Refusal (ENOMEM).
  abi::Ring* takeRing(std::uint32_t slots);
  void giveRing(abi::Ring* ring);

  // One buffer for each slot of the ring, all or none. Throws Refusal (ENOMEM).
  void takeBuffers(abi::Ring& ring);
  void giveBuffers(abi::Ring& ring);

  // From the start of the memory, in bytes.
  std::int64_t offsetOf(const void* object) const {
    return static_cast<const std::uint8_t*>(object) - base_;
  }
  const BufferTable& buffers() const { return buffers_; }
  bool hasBuffer(std::uint32_t index) const { return index >= 2 && index < buffers_.count; }

 private:
  std::uint8_t* take(Pool& pool, std::size_t bytes);
  void give(Pool& pool, const void* object);

  const std::uint16_t id_;
  const bool private_;
  Pool interfacePool_;
  Pool ringPool_;
  Pool bufferPool_;
  const std::size_t size_;
  int object_;
  std::uint8_t* base_;
  BufferTable buffers_;
};

// The memory that NICs share, sized as the module's parameters if_size, if_num, ring_size and so on
// have it by default: a ring has room for 2288 slots. Objects are larger when a port needs it.
MemorySize sharedMemorySize(std::uint32_t rings, std::uint32_t slots, std::uint32_t bufferSize);

// Private memory for one port with these rings, besides its fake host rings, and for `pipes` pairs
// of pipe ends on it (netmap_mem_private_new). Buffers have 2048 bytes.
MemorySize privateMemorySize(std::uint32_t txRings, std::uint32_t txSlots, std::uint32_t rxRings,
                             std::uint32_t rxSlots, std::uint32_t pipes);

}  // namespace nmcap::sim
