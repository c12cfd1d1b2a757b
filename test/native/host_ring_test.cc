// Host rings, and what their monitors do not see.
#include <poll.h>

#include <cerrno>

#include "check.h"
#include "fixture.h"

using namespace fixture;
namespace abi = nmcap::abi;

namespace {

bool hostSends(nmcap::sim::Device& device, const std::string& frame) {
  return device.nic("em0")->sendFromHost(0, reinterpret_cast<const std::uint8_t*>(frame.data()),
                                         frame.size());
}

}  // namespace

TEST("host rings: behind the NIC's, bound alone or with them") {
  const auto device = deviceWith({"", 2, 1, 64, 2048});
  const auto both = open(*device, request("em0", 0, abi::kModeNicAndHost));
  EQUAL(both->rxRings().size(), 3u);
  HOLDS(both->rxRings()[2].host() && !both->rxRings()[1].host());
  EQUAL(both->rxRings()[2].number(), 2);
  const auto host = open(*device, request("em0", 0, abi::kModeHost));
  EQUAL(host->rxRings().size(), 1u);
  EQUAL(host->rxRings()[0].number(), 2);
  const auto one = open(*device, request("em0", 0, abi::kModeOneHost, 0));
  EQUAL(one->rxRings().size(), 1u);
  EQUAL(openError(*device, request("em0", 0, abi::kModeOneHost, 1)), EINVAL);
}

TEST("host rings: as many as the first descriptor asks for") {
  const auto device = deviceWithNic();
  auto wish = request("em0", 0, abi::kModeNicAndHost);
  wish.hostTxRings = wish.hostRxRings = 2;
  {
    const auto app = open(*device, wish);
    EQUAL(app->granted().host_rx_rings, 2);
    EQUAL(app->rxRings().size(), 3u);
  }
  EQUAL(open(*device, "em0")->granted().host_rx_rings, 1);
}

TEST("host rings: none, and none can be asked for") {
  const auto device = deviceWith({"", 1, 0, 64, 2048});
  EQUAL(openError(*device, request("em0", 0, abi::kModeHost)), EINVAL);
  EQUAL(openError(*device, request("em0", 0, abi::kModeNicAndHost)), EINVAL);
  EQUAL(openError(*device, request("em0", 0, abi::kModeOneHost)), EINVAL);
  const auto app = open(*device, "em0");
  EQUAL(openError(*device, request("em0", kCopyMonitor, abi::kModeNicAndHost)), EINVAL);
}

TEST("host rings: the host's frames come in, the application's go up") {
  const auto device = deviceWithNic();
  const auto app = open(*device, request("em0", 0, abi::kModeHost));
  HOLDS(hostSends(*device, "from the host"));
  EQUAL(pollOnce(*app, POLLIN), POLLIN);
  EQUAL(textOf(consume(*app)), "from the host|");
  transmit(*app, numbered("to the host", 3), 1);
  EQUAL(device->nic("em0")->receivedByHost(), 3u);
}

TEST("host rings: the host is refused when the port is not in netmap mode or the ring is full") {
  const auto device = deviceWith({"", 1, 1, 4, 2048});
  HOLDS(!hostSends(*device, "nobody there"));
  const auto app = open(*device, request("em0", 0, abi::kModeHost));
  for (int i = 0; i < 3; i++) HOLDS(hostSends(*device, "frame"));
  HOLDS(!hostSends(*device, "one too many"));
  EQUAL(consume(*app).size(), 3u);
  HOLDS(hostSends(*device, "room again"));
  HOLDS(!hostSends(*device, std::string(3000, 'x')));
}

TEST("host rings: a monitor has them, and sees nothing on them") {
  const auto device = deviceWithNic();
  const auto app = open(*device, request("em0", 0, abi::kModeNicAndHost));
  const auto monitor = open(*device, request("em0", kCopyMonitor, abi::kModeNicAndHost));
  EQUAL(monitor->rxRings().size(), 2u);
  HOLDS(monitor->rxRings()[1].host());
  hostSends(*device, "from the host");
  EQUAL(consume(*app).size(), 1u);
  transmit(*app, numbered("up", 1), 1);
  EQUAL(consume(*monitor).size(), 0u);
  transmit(*app, numbered("out", 1), 0);
  EQUAL(textOf(consume(*monitor)), joined(numbered("out", 1)));
}

TEST("host rings: a monitor of nothing else is not told that its parent has left") {
  const auto device = deviceWithNic();
  auto app = open(*device, request("em0", 0, abi::kModeNicAndHost));
  const auto monitor = open(*device, request("em0", kCopyMonitor, abi::kModeHost));
  app.reset();
  EQUAL(pollOnce(*monitor, POLLIN), 0);
}
