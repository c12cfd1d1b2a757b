// The netmap API, version 14, as nmcap uses it: structures shared with the kernel and the numbers
// in them. Written from the interface that netmap(4) and FreeBSD's sys/net/netmap.h describe, so
// that neither header is needed to build. Layouts are those of LP64 systems in host byte order;
// every size and offset below was measured against the kernel module's own header.
#pragma once

#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/time.h>

#include <cstddef>
#include <cstdint>

namespace nmcap::abi {

inline constexpr std::uint16_t kApiVersion = 14;
inline constexpr std::size_t kNameSize = 64;  // of nmreq_header.name, with the closing NUL

// nmreq_header.reqtype
enum RequestType : std::uint16_t {
  kRegister = 1,
  kPortInfoGet = 2,
  kValeAttach = 3,
  kValeDetach = 4,
  kValeList = 5,
};

// nmreq_register.mode: which rings of the port are bound
enum Mode : std::uint32_t {
  kModeAllNic = 1,
  kModeHost = 2,
  kModeNicAndHost = 3,
  kModeOneNic = 4,
  kModeNull = 7,
  kModeOneHost = 8,
};

// nmreq_register.flags
inline constexpr std::uint64_t kMonitorTx = 0x100;
inline constexpr std::uint64_t kMonitorRx = 0x200;
inline constexpr std::uint64_t kZeroCopyMonitor = 0x400;
inline constexpr std::uint64_t kExclusive = 0x800;
inline constexpr std::uint64_t kRxRingsOnly = 0x2000;
inline constexpr std::uint64_t kTxRingsOnly = 0x4000;
inline constexpr std::uint64_t kDoRxPoll = 0x10000;
inline constexpr std::uint64_t kNoTxPoll = 0x20000;

// netmap_slot.flags; the high byte is a VALE port or a fragment count
inline constexpr std::uint16_t kSlotBufferChanged = 0x01;
inline constexpr std::uint16_t kSlotReport = 0x02;
inline constexpr std::uint16_t kSlotForward = 0x04;
inline constexpr std::uint16_t kSlotNoLearn = 0x08;
inline constexpr std::uint16_t kSlotIndirect = 0x10;
inline constexpr std::uint16_t kSlotMoreFragments = 0x20;
inline constexpr std::uint16_t kSlotTxMonitor = 0x40;

inline constexpr std::uint32_t kMaxFragments = 64;  // slots in one frame, at most

// netmap_ring.flags
inline constexpr std::uint32_t kRingTimestamp = 2;  // set `ts` at every sync
inline constexpr std::uint32_t kRingForward = 4;

// netmap_ring.dir, as the kernel writes it
inline constexpr std::uint16_t kRingDirRx = 0;
inline constexpr std::uint16_t kRingDirTx = 1;

struct RequestHeader {
  std::uint16_t version;
  std::uint16_t reqtype;
  std::uint32_t reserved;
  char name[kNameSize];
  std::uint64_t options;
  std::uint64_t body;
};
static_assert(sizeof(RequestHeader) == 88);

struct RegisterRequest {
  std::uint64_t offset;   // out: of the netmap_if in the mapped region
  std::uint64_t memsize;  // out: bytes to map
  std::uint32_t tx_slots;
  std::uint32_t rx_slots;
  std::uint16_t tx_rings;
  std::uint16_t rx_rings;
  std::uint16_t host_tx_rings;
  std::uint16_t host_rx_rings;
  std::uint16_t mem_id;
  std::uint16_t ringid;
  std::uint32_t mode;
  std::uint32_t extra_bufs;
  std::uint32_t pad;
  std::uint64_t flags;
};
static_assert(sizeof(RegisterRequest) == 56);
static_assert(offsetof(RegisterRequest, flags) == 48);

struct PortInfoRequest {
  std::uint64_t memsize;
  std::uint32_t tx_slots;
  std::uint32_t rx_slots;
  std::uint16_t tx_rings;
  std::uint16_t rx_rings;
  std::uint16_t host_tx_rings;
  std::uint16_t host_rx_rings;
  std::uint16_t mem_id;
  std::uint16_t pad[3];
};
static_assert(sizeof(PortInfoRequest) == 32);

struct ValeListRequest {
  std::uint16_t bridge_idx;
  std::uint16_t pad;
  std::uint32_t port_idx;
};
static_assert(sizeof(ValeListRequest) == 8);

struct Slot {
  std::uint32_t buf_idx;
  std::uint16_t len;
  std::uint16_t flags;
  std::uint64_t ptr;
};
static_assert(sizeof(Slot) == 16);

struct Ring {
  std::int64_t buf_ofs;  // of buffer 0, from the start of this ring
  std::uint32_t num_slots;
  std::uint32_t buf_size;
  std::uint16_t ringid;
  std::uint16_t dir;
  std::uint32_t head;
  std::uint32_t cur;
  std::uint32_t tail;
  std::uint32_t flags;
  timeval ts;
  std::uint64_t offset_mask;
  std::uint64_t buf_align;
  alignas(128) std::uint8_t sem[128];

  Slot* slots() { return reinterpret_cast<Slot*>(this + 1); }
};
static_assert(sizeof(Ring) == 256);
static_assert(offsetof(Ring, ts) == 40);
static_assert(offsetof(Ring, offset_mask) == 56);
static_assert(offsetof(Ring, sem) == 128);

struct Interface {
  char name[IFNAMSIZ];
  std::uint32_t version;
  std::uint32_t flags;
  std::uint32_t tx_rings;
  std::uint32_t rx_rings;
  std::uint32_t bufs_head;
  std::uint32_t host_tx_rings;
  std::uint32_t host_rx_rings;
  std::uint32_t spare[3];

  // In the order tx, host tx, rx, host rx; each counts from the start of this structure, and 0
  // means that the ring is not bound to the descriptor.
  std::int64_t* ringOffsets() { return reinterpret_cast<std::int64_t*>(this + 1); }
};
static_assert(sizeof(Interface) == 56);
static_assert(IFNAMSIZ == 16);

// Neither constant is one that a signed int holds on every system, hence unsigned long.
inline constexpr unsigned long kControl = _IOWR('i', 151, RequestHeader);
inline constexpr unsigned long kTxSync = _IO('i', 148);
inline constexpr unsigned long kRxSync = _IO('i', 149);
// _IOWR has the same bits on Linux and FreeBSD, _IO a bit more on FreeBSD (IOC_VOID, sys/ioccom.h).
inline constexpr unsigned long kNoArgument = _IO(0, 0);
static_assert(kControl == 0xc0586997);
static_assert(kTxSync == (kNoArgument | 0x6994) && kRxSync == (kNoArgument | 0x6995));

}  // namespace nmcap::abi
