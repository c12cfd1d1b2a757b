// What a port name stands for: the NICs of the simulated system, its VALE switches, the pipes on
// them, and monitors of any of these (netmap.c, netmap_get_na). With the device's lock held.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "sim/adapter.h"
#include "sim/nic.h"
#include "sim/pipe.h"
#include "sim/vale.h"

namespace nmcap::sim {

class Ports {
 public:
  // Throws Refusal: EEXIST, EINVAL for a configuration out of bounds.
  void addNic(const NicConfig& config);
  // Null when there is none.
  std::shared_ptr<Nic> nic(const std::string& name) const;

  // The adapter that a REGISTER asks for; VALE ports, pipes and monitors are made when first asked
  // for and go with their last user. A zero-copy monitor's request comes back with both directions.
  // Throws Refusal: ENXIO no such interface, EINVAL a monitor of a port that is not in netmap mode
  // or a request that makes no sense, ENOMEM.
  std::shared_ptr<Adapter> find(const std::string& name, abi::RegisterRequest& request);

  // VALE_LIST. With a name, `place` becomes that of the port; without one, that of the first port
  // at `place` or after it, whose name is returned (netmap_vale.c, netmap_vale_list). Throws
  // Refusal: EINVAL not a VALE name, ENOENT no such switch, or no further port.
  std::string listVale(const std::string& name, abi::ValeListRequest& place) const;

  // By nmreq_register's mem_id. Throws Refusal (EINVAL) when there is none.
  std::shared_ptr<Memory> memory(std::uint16_t id) const;

 private:
  std::shared_ptr<Adapter> findParent(const std::string& name, const abi::RegisterRequest& request,
                                      const std::shared_ptr<Memory>& borrowed);
  std::shared_ptr<Adapter> monitor(const std::string& name, abi::RegisterRequest& request,
                                   const std::shared_ptr<Memory>& borrowed);
  std::shared_ptr<Adapter> valePort(const std::string& name, const abi::RegisterRequest& request,
                                    const std::shared_ptr<Memory>& borrowed);
  std::shared_ptr<Adapter> pipeEnd(const std::string& name, std::size_t bracket,
                                   const abi::RegisterRequest& request,
                                   const std::shared_ptr<Memory>& borrowed);
  std::uint16_t freeSwitchIndex() const;
  std::shared_ptr<Memory> sharedMemory(const NicConfig& config);
  std::shared_ptr<Memory> newMemory(bool isPrivate, const MemorySize& size);

  std::map<std::string, std::shared_ptr<Nic>> nics_;
  // The following are kept by their users; here they are only found.
  std::map<std::string, std::weak_ptr<ValeSwitch>> switches_;
  std::map<std::string, std::weak_ptr<ValePort>> valePorts_;
  std::map<std::pair<const Adapter*, std::string>, std::weak_ptr<Pipe>> pipes_;  // parent, id
  std::map<MemorySize, std::shared_ptr<Memory>> shared_;     // of NICs that need the same
  std::map<std::uint16_t, std::weak_ptr<Memory>> memories_;  // by id
};

}  // namespace nmcap::sim
