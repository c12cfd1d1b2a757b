#include "sim/ports.h"

#include <net/if.h>

#include <cerrno>
#include <set>

#include "sim/binding.h"
#include "sim/monitor.h"
#include "sim/refusal.h"

namespace nmcap::sim {
namespace {

constexpr std::uint32_t kValePipes = 2;  // that a VALE port's memory has room for, at least
constexpr std::uint64_t kMonitorFlags = abi::kMonitorTx | abi::kMonitorRx;

const std::string kValePrefix = "vale";

// What a key stands for, if it is still in use. Forgets all others that are not.
template <typename Key, typename Value>
std::shared_ptr<Value> lookUp(std::map<Key, std::weak_ptr<Value>>& known, const Key& key) {
  for (auto entry = known.begin(); entry != known.end();) {
    entry = entry->second.expired() ? known.erase(entry) : std::next(entry);
  }
  const auto found = known.find(key);
  return found != known.end() ? found->second.lock() : nullptr;
}

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
  std::size_t bracket = name.rfind('{');
  if (bracket == std::string::npos) bracket = name.rfind('}');
  if (bracket != std::string::npos) return pipeEnd(name, bracket, request, borrowed);
  if (name.compare(0, kValePrefix.size(), kValePrefix) == 0) {
    return valePort(name, request, borrowed);
  }
  auto port = nic(name);
  if (port == nullptr) throw Refusal{ENXIO};
  if (borrowed != nullptr) port->borrowMemory(borrowed);
  port->askHostRings(request.host_tx_rings, request.host_rx_rings);
  return port;
}

// netmap_bdg.c, netmap_get_bdg_na. A NIC would have to be attached to the switch first.
std::shared_ptr<Adapter> Ports::valePort(const std::string& name,
                                         const abi::RegisterRequest& request,
                                         const std::shared_ptr<Memory>& borrowed) {
  const std::string switchName = ValePort::switchName(name);
  if (switchName.empty()) throw Refusal{ENOMEM};
  if (auto port = lookUp(valePorts_, name)) return port;
  if (nic(name.substr(switchName.size() + 1)) != nullptr) throw Refusal{EINVAL};

  auto valeSwitch = lookUp(switches_, switchName);
  if (valeSwitch == nullptr) valeSwitch = std::make_shared<ValeSwitch>(freeSwitchIndex());
  const Shape shape = ValePort::shapeFor(request);
  auto memory =
      borrowed != nullptr
          ? borrowed
          : newMemory(true, privateMemorySize(shape.rings[kTx], shape.slots[kTx], shape.rings[kRx],
                                              shape.slots[kRx], kValePipes));
  auto port = std::make_shared<ValePort>(name, request, std::move(memory), valeSwitch);
  switches_[switchName] = valeSwitch;
  valePorts_[name] = port;
  return port;
}

std::string Ports::listVale(const std::string& name, abi::ValeListRequest& place) const {
  if (!name.empty()) {
    if (name.compare(0, kValePrefix.size(), kValePrefix) != 0) throw Refusal{EINVAL};
    const auto known = switches_.find(ValePort::switchName(name));
    const auto valeSwitch = known != switches_.end() ? known->second.lock() : nullptr;
    if (valeSwitch == nullptr) throw Refusal{ENOENT};
    place = {valeSwitch->index(), 0, valeSwitch->placeOf(name)};
    return name;
  }
  const ValePort* first = nullptr;
  abi::ValeListRequest found{};
  for (const auto& [_, known] : switches_) {
    const auto valeSwitch = known.lock();
    if (valeSwitch == nullptr || valeSwitch->index() < place.bridge_idx) continue;
    if (first != nullptr && valeSwitch->index() > found.bridge_idx) continue;
    const std::uint32_t from = valeSwitch->index() == place.bridge_idx ? place.port_idx : 0;
    const ValePort* const port = valeSwitch->portFrom(from);
    if (port == nullptr) continue;
    first = port;
    found = {valeSwitch->index(), 0, port->place()};
  }
  if (first == nullptr) throw Refusal{ENOENT};
  place = found;
  return first->name();
}

// The lowest that no switch has.
std::uint16_t Ports::freeSwitchIndex() const {
  std::set<std::uint16_t> taken;
  for (const auto& [_, known] : switches_) {
    if (const auto valeSwitch = known.lock()) taken.insert(valeSwitch->index());
  }
  std::uint16_t index = 0;
  while (taken.count(index) != 0) index++;
  return index;
}

// netmap_pipe.c, netmap_get_pipe_na.
std::shared_ptr<Adapter> Ports::pipeEnd(const std::string& name, std::size_t bracket,
                                        const abi::RegisterRequest& request,
                                        const std::shared_ptr<Memory>& borrowed) {
  const std::string id = name.substr(bracket + 1);
  if (id.empty() || bracket == 0) throw Refusal{EINVAL};
  if (request.mode != abi::kModeAllNic && request.mode != abi::kModeOneNic) throw Refusal{EINVAL};
  auto parent = findParent(name.substr(0, bracket), request, borrowed);
  const std::pair<const Adapter*, std::string> key(parent.get(), id);
  auto pipe = lookUp(pipes_, key);
  if (pipe == nullptr) {
    pipe = std::make_shared<Pipe>(std::move(parent), id, request);
    pipes_[key] = pipe;
  }
  // The pipe lives as long as anybody has one of its ends.
  PipeEnd& end = pipe->end(name[bracket] == '{' ? Pipe::End::kMaster : Pipe::End::kSlave);
  return {pipe, &end};
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
