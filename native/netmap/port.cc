#include "netmap/port.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <set>
#include <stdexcept>
#include <utility>

#include "system/sys_error.h"

namespace nmcap {
namespace {

abi::RequestHeader namelessHeader(abi::RequestType type, void* body) {
  abi::RequestHeader request{};
  request.version = abi::kApiVersion;
  request.reqtype = type;
  request.body = reinterpret_cast<std::uintptr_t>(body);
  return request;
}

abi::RequestHeader header(const std::string& name, abi::RequestType type, void* body) {
  if (name.empty() || name.size() >= abi::kNameSize) throw SysError("name", name, ENAMETOOLONG);
  abi::RequestHeader request = namelessHeader(type, body);
  std::memcpy(request.name, name.data(), name.size());
  return request;
}

abi::RegisterRequest registerPort(NetmapSys& sys, int fd, const PortRequest& request) {
  abi::RegisterRequest body{};
  body.tx_slots = request.txSlots;
  body.rx_slots = request.rxSlots;
  body.tx_rings = request.txRings;
  body.rx_rings = request.rxRings;
  body.host_tx_rings = request.hostTxRings;
  body.host_rx_rings = request.hostRxRings;
  body.mem_id = request.memoryId;
  body.ringid = request.ringId;
  body.mode = request.mode;
  body.flags = request.flags;
  abi::RequestHeader call = header(request.name, abi::kRegister, &body);
  if (sys.ioctl(fd, abi::kControl, &call) != 0) throw SysError("REGISTER", request.name);
  return body;
}

// A place in the mapping: `offset` bytes from `base`, which lies in it. It may lie before it.
std::size_t placeOf(const Mapping& mapping, std::size_t base, std::int64_t offset) {
  const auto distance = static_cast<std::uint64_t>(offset);
  const bool inside = offset < 0 ? 0 - distance <= base : distance <= mapping.size() - base;
  if (!inside) throw std::out_of_range("a ring lies outside of the mapped memory");
  return base + distance;
}

// The rings of one direction: NIC rings first, then host rings. Offset 0: not bound, left out.
// `places` collects where they are.
std::vector<Ring> boundRings(const Mapping& mapping, std::size_t base, const std::int64_t* offsets,
                             std::uint32_t nicRings, std::uint32_t hostRings,
                             std::set<std::size_t>& places) {
  std::vector<Ring> rings;
  for (std::uint32_t i = 0; i < nicRings + hostRings; i++) {
    const std::int64_t offset = __atomic_load_n(&offsets[i], __ATOMIC_RELAXED);
    if (offset == 0) continue;
    const std::size_t place = placeOf(mapping, base, offset);
    // The drain would take each frame twice, and release what it has not read.
    if (!places.insert(place).second) throw std::out_of_range("two rings lie at the same place");
    rings.emplace_back(mapping.data(), mapping.size(), place, static_cast<std::uint16_t>(i),
                       i >= nicRings);
  }
  return rings;
}

// There is always room for one host ring in the table; it is a fake when the port has none
// (netmap_mem2.c, netmap_mem2_if_new).
std::uint32_t tableEntries(std::uint16_t hostRings) { return hostRings != 0 ? hostRings : 1; }

}  // namespace

abi::PortInfoRequest portInfo(NetmapSys& sys, const std::string& name) {
  const Descriptor descriptor(sys, name);
  abi::PortInfoRequest body{};
  abi::RequestHeader call = header(name, abi::kPortInfoGet, &body);
  if (sys.ioctl(descriptor.get(), abi::kControl, &call) != 0) {
    throw SysError("PORT_INFO_GET", name);
  }
  return body;
}

std::vector<ValePortEntry> valePorts(NetmapSys& sys) {
  const Descriptor descriptor(sys, "");
  std::vector<ValePortEntry> ports;
  abi::ValeListRequest place{};
  for (;;) {
    // Without a name it asks for the first port at this place or after it; the kernel moves the
    // place there, and fails with ENOENT after the last port (netmap_vale.c, netmap_vale_list).
    abi::RequestHeader call = namelessHeader(abi::kValeList, &place);
    if (sys.ioctl(descriptor.get(), abi::kControl, &call) != 0) {
      if (errno == ENOENT) return ports;
      throw SysError("VALE_LIST", "");
    }
    ports.push_back({{call.name, ::strnlen(call.name, sizeof(call.name))}, place.bridge_idx});
    place.port_idx++;
  }
}

std::optional<std::uint16_t> valeSwitchIndex(NetmapSys& sys, const std::string& name) {
  const Descriptor descriptor(sys, name);
  abi::ValeListRequest place{};
  // With a name it only looks up: what comes after the colon need not exist.
  abi::RequestHeader call = header(name + ":", abi::kValeList, &place);
  if (sys.ioctl(descriptor.get(), abi::kControl, &call) == 0) return place.bridge_idx;
  if (errno == ENOENT) return std::nullopt;
  throw SysError("VALE_LIST", name);
}

Descriptor::Descriptor(NetmapSys& sys, const std::string& port) : sys_(sys), fd_(sys.open()) {
  if (fd_ < 0) throw SysError("open", port);
}

void Descriptor::close() {
  if (fd_ >= 0) sys_.close(std::exchange(fd_, -1));
}

Mapping::Mapping(NetmapSys& sys, int fd, std::size_t size, const std::string& port) : size_(size) {
  void* const place = sys.mmap(fd, size);
  if (place == MAP_FAILED) throw SysError("mmap", port);
  data_ = static_cast<std::uint8_t*>(place);
}

void Mapping::unmap() {
  if (data_ != nullptr) ::munmap(std::exchange(data_, nullptr), size_);
}

Port::Port(NetmapSys& sys, const PortRequest& request)
    : sys_(sys),
      name_(request.name),
      descriptor_(sys, request.name),
      granted_(registerPort(sys, descriptor_.get(), request)),
      mapping_(sys, descriptor_.get(), granted_.memsize, request.name) {
  const std::size_t base = granted_.offset;
  if (base % alignof(abi::Interface) != 0 || base > mapping_.size() ||
      mapping_.size() - base < sizeof(abi::Interface)) {
    throw std::out_of_range("the netmap_if lies outside of the mapped memory");
  }
  auto* const interface = reinterpret_cast<abi::Interface*>(mapping_.data() + base);
  interfaceName_.assign(interface->name, ::strnlen(interface->name, sizeof(interface->name)));

  // Their number is the kernel's answer: the application can write to the memory too.
  const std::uint32_t hostTx = tableEntries(granted_.host_tx_rings);
  const std::uint32_t hostRx = tableEntries(granted_.host_rx_rings);
  const std::size_t allTx = std::size_t{granted_.tx_rings} + hostTx;
  const std::size_t allRx = std::size_t{granted_.rx_rings} + hostRx;
  if (allTx + allRx > (mapping_.size() - base - sizeof(abi::Interface)) / sizeof(std::int64_t)) {
    throw std::out_of_range("the ring offsets lie outside of the mapped memory");
  }
  const std::int64_t* const offsets = interface->ringOffsets();
  std::set<std::size_t> places;
  txRings_ = boundRings(mapping_, base, offsets, granted_.tx_rings, hostTx, places);
  rxRings_ = boundRings(mapping_, base, offsets + allTx, granted_.rx_rings, hostRx, places);
}

void Port::close() {
  rxRings_.clear();
  txRings_.clear();
  mapping_.unmap();
  descriptor_.close();
}

}  // namespace nmcap
