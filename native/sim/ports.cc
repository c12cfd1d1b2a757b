#include "ports.h"

#include <net/if.h>

#include <cerrno>

#include "binding.h"
#include "monitor.h"
#include "refusal.h"

namespace nmcap::sim {
namespace {

constexpr std::uint64_t kMonitorFlags = abi::kMonitorTx | abi::kMonitorRx;

bool within(std::uint32_t value, std::uint32_t least, std::uint32_t most) {
  return value >= least && value <= most;
}

}  // namespace

void Ports::addNic(const NicConfig& config) {
  if (config.name.empty() || config.name.size() >= IFNAMSIZ || !within(config.rings, 1, 64) ||
      !within(config.hostRings, 0, 8) || !within(config.slots, 2, 4096) ||
      !within(config.bufferSize, 64, 65472)) {
    throw Refusal{EINVAL};
  }
  if (nics_.count(config.name) != 0) throw Refusal{EEXIST};
  nics_[config.name] = std::make_shared<Nic>(config, sharedMemory(config));
}

std::shared_ptr<Nic> Ports::nic(const std::string& name) const {
  const auto found = nics_.find(name);
  return found != nics_.end() ? found->second : nullptr;
}

std::shared_ptr<Memory> Ports::memory(std::uint16_t id) const {
  const auto found = memories_.find(id);
  auto memory = found != memories_.end() ? found->second.lock() : nullptr;
  if (memory == nullptr) throw Refusal{EINVAL};
  return memory;
}

std::shared_ptr<Memory> Ports::newMemory(bool isPrivate, const MemorySize& size) {
  for (std::uint16_t id = 1; id != 0; id++) {
    std::weak_ptr<Memory>& place = memories_[id];
    if (!place.expired()) continue;
    auto memory = std::make_shared<Memory>(id, isPrivate, size);
    place = memory;
    return memory;
  }
  throw Refusal{ENOMEM};
}

std::shared_ptr<Memory> Ports::sharedMemory(const NicConfig& config) {
  const std::uint32_t rings = 2 * (config.rings + std::uint32_t{config.hostRings});
  const MemorySize size = sharedMemorySize(rings, config.slots, config.bufferSize);
  std::shared_ptr<Memory>& memory = shared_[size];
  if (memory == nullptr) memory = newMemory(false, size);
  return memory;
}

std::shared_ptr<Adapter> Ports::find(const std::string& name, abi::RegisterRequest& request) {
  const auto borrowed = request.mem_id != 0 ? memory(request.mem_id) : nullptr;
  const bool zeroCopy = (request.flags & abi::kZeroCopyMonitor) != 0;
  return zeroCopy || (request.flags & kMonitorFlags) != 0 ? monitor(name, request, borrowed)
                                                          : findParent(name, request, borrowed);
}

std::shared_ptr<Adapter> Ports::findParent(const std::string& name,
                                           const abi::RegisterRequest& request,
                                           const std::shared_ptr<Memory>& borrowed) {
  auto port = nic(name);
  if (port == nullptr) throw Refusal{ENXIO};
  if (borrowed != nullptr) port->borrowMemory(borrowed);
  port->askHostRings(request.host_tx_rings, request.host_rx_rings);
  return port;
}

std::shared_ptr<Adapter> Ports::monitor(const std::string& name, abi::RegisterRequest& request,
                                        const std::shared_ptr<Memory>& borrowed) {
  const bool zeroCopy = (request.flags & abi::kZeroCopyMonitor) != 0;
  if (zeroCopy) request.flags |= kMonitorFlags;
  const auto parent = findParent(name, request, borrowed);
  if (!parent->on()) throw Refusal{EINVAL};
  const RingRange parentHasTheRings(*parent, request);
  const Shape shape = Monitor::shapeFor(*parent, request);
  auto memory = zeroCopy
                    ? parent->memory()
                    : newMemory(true, privateMemorySize(shape.rings[kTx], shape.slots[kTx],
                                                        shape.rings[kRx], shape.slots[kRx], 0));
  return std::make_shared<Monitor>(parent, request, std::move(memory));
}

}  // namespace nmcap::sim
