#include "netmap/port.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "system/sys_error.h"

namespace nmcap {
namespace {

abi::RequestHeader header(const std::string& name, abi::RequestType type, void* body) {
  if (name.empty() || name.size() >= abi::kNameSize) throw SysError("name", name, ENAMETOOLONG);
  abi::RequestHeader request{};
  request.version = abi::kApiVersion;
  request.reqtype = type;
  std::memcpy(request.name, name.data(), name.size());
  request.body = reinterpret_cast<std::uintptr_t>(body);
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

// The rings of one direction: NIC rings first, then host rings. Offset 0: not bound, left out.
std::vector<Ring> boundRings(const Mapping& mapping, std::size_t base, const std::int64_t* offsets,
                             std::uint32_t nicRings, std::uint32_t hostRings) {
  std::vector<Ring> rings;
  for (std::uint32_t i = 0; i < nicRings + hostRings; i++) {
    const std::int64_t offset = offsets[i];
    if (offset == 0) continue;
    // Relative to the netmap_if; it may lie before it.
    const std::int64_t place = static_cast<std::int64_t>(base) + offset;
    if (place < 0) throw std::out_of_range("a ring lies outside of the mapped memory");
    rings.emplace_back(mapping.data(), mapping.size(), static_cast<std::size_t>(place),
                       static_cast<std::uint16_t>(i), i >= nicRings);
  }
  return rings;
}

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

  // Each is read once: the application that shares the memory could change it between two reads.
  const std::uint32_t tx = __atomic_load_n(&interface->tx_rings, __ATOMIC_RELAXED);
  const std::uint32_t hostTx = __atomic_load_n(&interface->host_tx_rings, __ATOMIC_RELAXED);
  const std::uint32_t rx = __atomic_load_n(&interface->rx_rings, __ATOMIC_RELAXED);
  const std::uint32_t hostRx = __atomic_load_n(&interface->host_rx_rings, __ATOMIC_RELAXED);
  const std::uint64_t rings = std::uint64_t{tx} + hostTx + rx + hostRx;
  if (rings > (mapping_.size() - base - sizeof(abi::Interface)) / sizeof(std::int64_t)) {
    throw std::out_of_range("the ring offsets lie outside of the mapped memory");
  }
  const std::int64_t* const offsets = interface->ringOffsets();
  txRings_ = boundRings(mapping_, base, offsets, tx, hostTx);
  rxRings_ = boundRings(mapping_, base, offsets + tx + hostTx, rx, hostRx);
}

void Port::close() {
  rxRings_.clear();
  txRings_.clear();
  mapping_.unmap();
  descriptor_.close();
}

}  // namespace nmcap
