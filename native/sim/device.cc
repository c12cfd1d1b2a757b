#include "sim/device.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>

#include "sim/refusal.h"
#include "system/sys_error.h"

namespace nmcap::sim {
namespace {

// netmap.h, NETMAP_MIN_API and NETMAP_MAX_API.
constexpr std::uint16_t kOldestApi = 14;
constexpr std::uint16_t kNewestApi = 15;

int fail(int error) {
  errno = error;
  return -1;
}

void report(const Adapter& adapter, abi::RegisterRequest& request) {
  const Shape& shape = adapter.shape();
  request.memsize = adapter.memory()->size();
  request.mem_id = adapter.memory()->id();
  request.tx_slots = shape.slots[kTx];
  request.rx_slots = shape.slots[kRx];
  request.tx_rings = shape.rings[kTx];
  request.rx_rings = shape.rings[kRx];
  request.host_tx_rings = shape.hostRings[kTx];
  request.host_rx_rings = shape.hostRings[kRx];
}

}  // namespace

void Device::addNic(const NicConfig& config) {
  const std::lock_guard<std::mutex> lock(lock_);
  try {
    ports_.addNic(config);
  } catch (const Refusal& refusal) {
    throw SysError("addNic", config.name, refusal.error);
  }
}

std::shared_ptr<Nic> Device::nic(const std::string& name) const {
  const std::lock_guard<std::mutex> lock(lock_);
  auto nic = ports_.nic(name);
  if (nic == nullptr) throw SysError("nic", name, ENXIO);
  return nic;
}

void Device::connect(const std::string& one, const std::string& two) {
  Nic::connect(*nic(one), *nic(two));
}

std::vector<RingLoss> Device::losses(int fd) const {
  const auto open = file(fd);
  return open != nullptr ? open->losses() : std::vector<RingLoss>();
}

std::shared_ptr<File> Device::file(int fd) const {
  const std::shared_lock<std::shared_mutex> lock(filesLock_);
  const auto found = files_.find(fd);
  return found != files_.end() ? found->second : nullptr;
}

int Device::open() {
  try {
    const auto opened = std::make_shared<File>(lock_);
    const std::unique_lock<std::shared_mutex> lock(filesLock_);
    files_[opened->descriptor()] = opened;
    return opened->descriptor();
  } catch (const Refusal& refusal) {
    return fail(refusal.error);
  }
}

int Device::close(int fd) {
  std::shared_ptr<File> closed;
  {
    const std::unique_lock<std::shared_mutex> lock(filesLock_);
    const auto found = files_.find(fd);
    if (found == files_.end()) return fail(EBADF);
    closed = std::move(found->second);
    files_.erase(found);
  }
  // The registration ends here, or with the last call on the descriptor that is still under way.
  closed.reset();
  return 0;
}

void* Device::mmap(int fd, std::size_t length) {
  const auto open = file(fd);
  const Binding* const binding = open != nullptr ? open->binding() : nullptr;
  if (binding == nullptr) {
    errno = open == nullptr ? EBADF : EINVAL;
    return MAP_FAILED;
  }
  return binding->adapter().memory()->map(length);
}

int Device::ioctl(int fd, unsigned long request, void* argument) {
  const auto open = file(fd);
  if (open == nullptr) return fail(EBADF);
  if (request == abi::kTxSync || request == abi::kRxSync) {
    const int error = open->sync(request == abi::kTxSync ? kTx : kRx);
    return error == 0 ? 0 : fail(error);
  }
  if (request != abi::kControl) return fail(EOPNOTSUPP);
  if (argument == nullptr) return fail(EFAULT);
  try {
    control(*open, *static_cast<abi::RequestHeader*>(argument));
    return 0;
  } catch (const Refusal& refusal) {
    return fail(refusal.error);
  }
}

void Device::control(File& file, abi::RequestHeader& header) {
  if (header.version < kOldestApi || header.version > kNewestApi) throw Refusal{EINVAL};
  if (header.reserved != 0 || header.body == 0) throw Refusal{EINVAL};
  if (header.options != 0) throw Refusal{EOPNOTSUPP};
  const std::string name(header.name, ::strnlen(header.name, sizeof(header.name) - 1));
  void* const body = reinterpret_cast<void*>(header.body);
  const std::lock_guard<std::mutex> lock(lock_);
  switch (header.reqtype) {
    case abi::kRegister:
      return registerPort(file, name, *static_cast<abi::RegisterRequest*>(body));
    case abi::kPortInfoGet:
      return portInfo(name, *static_cast<abi::PortInfoRequest*>(body));
    case abi::kValeList: {
      const std::string found = ports_.listVale(name, *static_cast<abi::ValeListRequest*>(body));
      std::memcpy(header.name, found.c_str(), found.size() + 1);
      return;
    }
    default:
      throw Refusal{EINVAL};
  }
}

void Device::registerPort(File& file, const std::string& name, abi::RegisterRequest& request) {
  if (file.binding() != nullptr) throw Refusal{EBUSY};
  const auto adapter = ports_.find(name, request);
  file.bind(adapter, request);
  report(*adapter, request);
  request.offset =
      static_cast<std::uint64_t>(adapter->memory()->offsetOf(&file.binding()->interface()));
  request.extra_bufs = 0;
}

void Device::portInfo(const std::string& name, abi::PortInfoRequest& request) {
  if (name.empty()) {  // asks about a memory, not a port
    const auto memory = ports_.memory(request.mem_id != 0 ? request.mem_id : std::uint16_t{1});
    request.memsize = memory->size();
    request.mem_id = memory->id();
    return;
  }
  abi::RegisterRequest asked{};
  asked.mode = abi::kModeAllNic;
  asked.tx_slots = request.tx_slots;
  asked.rx_slots = request.rx_slots;
  asked.tx_rings = request.tx_rings;
  asked.rx_rings = request.rx_rings;
  asked.host_tx_rings = request.host_tx_rings;
  asked.host_rx_rings = request.host_rx_rings;
  asked.mem_id = request.mem_id;
  report(*ports_.find(name, asked), asked);
  request = {asked.memsize,       asked.tx_slots, asked.rx_slots,
             asked.tx_rings,      asked.rx_rings, asked.host_tx_rings,
             asked.host_rx_rings, asked.mem_id,   {}};
}

}  // namespace nmcap::sim
