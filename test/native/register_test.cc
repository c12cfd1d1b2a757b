// REGISTER and PORT_INFO_GET: what is granted, and what is refused with which errno.
#include <sys/mman.h>

#include <cerrno>
#include <cstring>

#include "check.h"
#include "fixture.h"
#include "system/sys_error.h"

using namespace fixture;
namespace abi = nmcap::abi;

TEST("register: a NIC has its rings and the shared memory") {
  const auto device = deviceWith({"", 2, 1, 512, 2048});
  const auto app = open(*device, "em0");
  EQUAL(app->txRings().size(), 2u);
  EQUAL(app->rxRings().size(), 2u);
  EQUAL(app->granted().rx_slots, 512u);
  EQUAL(app->granted().host_rx_rings, 1);
  EQUAL(app->granted().mem_id, 1);
  HOLDS(app->granted().memsize == 343019520u);
  EQUAL(app->txRings().front().available(), 511u);
  EQUAL(app->rxRings().front().available(), 0u);
  EQUAL(app->interfaceName(), "em0");
}

TEST("register: an unknown interface is ENXIO, as a monitor's parent too") {
  const auto device = deviceWithNic();
  EQUAL(openError(*device, request("em1")), ENXIO);
  EQUAL(openError(*device, request("em1", kCopyMonitor)), ENXIO);
}

TEST("register: a monitor of a port that is not in netmap mode is EINVAL") {
  const auto device = deviceWithNic();
  EQUAL(openError(*device, request("em0", kCopyMonitor)), EINVAL);
  EQUAL(openError(*device, request("em0", abi::kZeroCopyMonitor)), EINVAL);
}

TEST("register: another API version is EINVAL, and the version stays as it was") {
  const auto device = deviceWithNic();
  const int fd = device->open();
  for (const std::uint16_t version : {11, 13, 16}) {
    abi::RegisterRequest body{};
    body.mode = abi::kModeAllNic;
    abi::RequestHeader header{};
    header.version = version;
    header.reqtype = abi::kRegister;
    std::strcpy(header.name, "em0");
    header.body = reinterpret_cast<std::uintptr_t>(&body);
    EQUAL(device->ioctl(fd, abi::kControl, &header), -1);
    EQUAL(errno, EINVAL);
    EQUAL(header.version, version);
  }
  device->close(fd);
}

TEST("register: a bound descriptor is EBUSY, an unbound one cannot sync or be mapped") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  abi::RegisterRequest body{};
  body.mode = abi::kModeAllNic;
  abi::RequestHeader header{};
  header.version = abi::kApiVersion;
  header.reqtype = abi::kRegister;
  std::strcpy(header.name, "em0");
  header.body = reinterpret_cast<std::uintptr_t>(&body);
  EQUAL(device->ioctl(app->descriptor(), abi::kControl, &header), -1);
  EQUAL(errno, EBUSY);

  const int fd = device->open();
  EQUAL(device->ioctl(fd, abi::kRxSync, nullptr), -1);
  EQUAL(errno, ENXIO);
  HOLDS(device->mmap(fd, 4096) == MAP_FAILED);
  EQUAL(errno, EINVAL);
  EQUAL(device->close(fd), 0);
  EQUAL(device->close(fd), -1);
  EQUAL(errno, EBADF);
}

TEST("register: no more than the memory can be mapped") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  HOLDS(device->mmap(app->descriptor(), app->granted().memsize + 1) == MAP_FAILED);
  EQUAL(errno, EINVAL);
}

TEST("register: a second descriptor shares the rings of a NIC") {
  const auto device = deviceWithNic();
  const auto first = open(*device, "em0");
  const auto second = open(*device, "em0");
  arrive(*device, numbered("in", 3));
  EQUAL(textOf(take(*second)), joined(numbered("in", 3)));
}

TEST("register: exclusive use is refused when a ring is in use, and keeps others out") {
  const auto device = deviceWith({"", 2, 1, 64, 2048});
  const auto shared = open(*device, request("em0", 0, abi::kModeOneNic, 0));
  EQUAL(openError(*device, request("em0", abi::kExclusive)), EBUSY);
  const auto own = open(*device, request("em0", abi::kExclusive, abi::kModeOneNic, 1));
  EQUAL(openError(*device, request("em0", 0, abi::kModeOneNic, 1)), EBUSY);
  EQUAL(openError(*device, request("em0", 0, abi::kModeOneNic, 0)), 0);
}

TEST("register: one ring is bound alone, one that is not there is EINVAL") {
  const auto device = deviceWith({"", 4, 1, 64, 2048});
  const auto one = open(*device, request("em0", 0, abi::kModeOneNic, 2));
  EQUAL(one->rxRings().size(), 1u);
  EQUAL(one->rxRings().front().number(), 2);
  EQUAL(one->txRings().front().number(), 2);
  EQUAL(openError(*device, request("em0", 0, abi::kModeOneNic, 4)), EINVAL);
}

TEST("register: only the rings of one side are bound when asked so") {
  const auto device = deviceWithNic();
  const auto rx = open(*device, request("em0", abi::kRxRingsOnly));
  EQUAL(rx->txRings().size(), 0u);
  EQUAL(rx->rxRings().size(), 1u);
  const auto tx = open(*device, request("em0", abi::kTxRingsOnly));
  EQUAL(tx->txRings().size(), 1u);
  EQUAL(tx->rxRings().size(), 0u);
}

TEST("register: unknown modes and unknown memory are EINVAL") {
  const auto device = deviceWithNic();
  EQUAL(openError(*device, request("em0", 0, 0)), EINVAL);
  EQUAL(openError(*device, request("em0", 0, 5)), EINVAL);
  auto other = request("em0");
  other.memoryId = 77;
  EQUAL(openError(*device, other), EINVAL);
}

TEST("register: a copy monitor has private memory, one tx ring, and its parent's name and number") {
  const auto device = deviceWith({"", 2, 1, 256, 2048});
  const auto app = open(*device, "em0");
  const auto monitor = copyMonitor(*device, "em0");
  EQUAL(monitor->interfaceName(), "em0/rt#0");
  EQUAL(monitor->txRings().size(), 1u);
  EQUAL(monitor->rxRings().size(), 2u);
  EQUAL(monitor->granted().rx_slots, 256u);
  HOLDS(monitor->granted().mem_id != app->granted().mem_id);
  HOLDS(monitor->granted().memsize < 20u << 20);
  EQUAL(copyMonitor(*device, "em0")->interfaceName(), "em0/rt#1");
  EQUAL(open(*device, request("em0", abi::kMonitorTx))->interfaceName(), "em0/t#2");
}

TEST("register: a monitor has as many rings and slots as asked, 4096 slots at most") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  auto wide = request("em0", kCopyMonitor);
  wide.rxSlots = 4096;
  EQUAL(open(*device, wide)->granted().rx_slots, 4096u);
  wide.rxSlots = 9000;
  EQUAL(open(*device, wide)->granted().rx_slots, 4096u);
  wide.rxSlots = 2;
  EQUAL(open(*device, wide)->granted().rx_slots, 2u);
}

TEST("register: a zero-copy monitor shares the memory and always watches both directions") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  const auto monitor = open(*device, request("em0", abi::kZeroCopyMonitor | abi::kMonitorTx));
  EQUAL(monitor->granted().flags, 0x700u);
  EQUAL(monitor->granted().mem_id, app->granted().mem_id);
  EQUAL(monitor->interfaceName(), "em0/zrt#0");
}

TEST("register: a zero-copy monitor's ring is bounded by the parent's memory") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  auto wide = request("em0", abi::kZeroCopyMonitor);
  wide.rxSlots = 2288;
  EQUAL(open(*device, wide)->granted().rx_slots, 2288u);
  wide.rxSlots = 2289;
  EQUAL(openError(*device, wide), ENOMEM);
}

TEST("register: memory has the kernel's sizes") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  EQUAL(app->granted().memsize, 343019520u);
  EQUAL(copyMonitor(*device, "em0")->granted().memsize, 8478720u);
}

TEST("register: an exclusive monitor is granted") {
  const auto device = deviceWithNic();
  const auto app = open(*device, "em0");
  EQUAL(openError(*device, request("em0", kCopyMonitor | abi::kExclusive)), 0);
}

TEST("register: when the memory is used up the request is ENOMEM and nothing is left behind") {
  nmcap::sim::Device device;
  device.addNic({"big0", 64, 1, 4096, 2048});
  EQUAL(openError(device, request("big0")), ENOMEM);
  EQUAL(openError(device, request("big0", 0, abi::kModeOneNic, 0)), 0);
  device.addNic({"em0", 1, 1, 1024, 2048});
  EQUAL(openError(device, request("em0")), 0);
}

TEST("port info: tells of a port in netmap mode or not, and of no other") {
  const auto device = deviceWith({"", 3, 1, 128, 2048});
  const auto info = nmcap::portInfo(*device, "em0");
  EQUAL(info.rx_rings, 3);
  EQUAL(info.tx_slots, 128u);
  EQUAL(info.mem_id, 1);
  int error = 0;
  try {
    nmcap::portInfo(*device, "em7");
  } catch (const nmcap::SysError& failure) {
    error = failure.error();
  }
  EQUAL(error, ENXIO);
}
