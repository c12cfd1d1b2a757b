// Two NICs with a wire between them.
#include <cerrno>

#include "check.h"
#include "fixture.h"
#include "system/sys_error.h"

using namespace fixture;

TEST("wire: what one NIC sends the other receives, long frames and rings included") {
  nmcap::sim::Device device;
  device.addNic({"em0", 2, 1, 64, 2048});
  device.addNic({"em1", 2, 1, 64, 2048});
  device.connect("em0", "em1");
  const auto one = open(device, "em0");
  const auto two = open(device, "em1");
  const auto monitor = copyMonitor(device, "em1");
  transmit(*one, numbered("out", 3), 1);
  transmit(*one, {std::string(5000, 'x')}, 0);
  const auto received = consume(*two);
  EQUAL(received.size(), 6u);
  EQUAL(received[3].ring, 1);
  EQUAL(textOf(consume(*monitor)), textOf(received));
  transmit(*two, numbered("back", 2), 0);
  EQUAL(textOf(consume(*one)), joined(numbered("back", 2)));
}

TEST("wire: a full receiver loses the newest, one that is not in netmap mode all") {
  nmcap::sim::Device device;
  device.addNic({"em0", 1, 1, 64, 2048});
  device.addNic({"em1", 1, 1, 8, 2048});
  device.connect("em0", "em1");
  const auto one = open(device, "em0");
  transmit(*one, numbered("nobody", 3));
  const auto two = open(device, "em1");
  transmit(*one, numbered("out", 20));
  EQUAL(textOf(consume(*two)), joined(numbered("out", 7)));
}

TEST("wire: a NIC is added once, with a sound configuration, and must be there to be connected") {
  const auto device = deviceWithNic();
  const auto errorOf = [&](auto call) {
    try {
      call();
      return 0;
    } catch (const nmcap::SysError& error) {
      return error.error();
    }
  };
  EQUAL(errorOf([&] { device->addNic({"em0", 1, 1, 64, 2048}); }), EEXIST);
  EQUAL(errorOf([&] { device->addNic({"em1", 0, 1, 64, 2048}); }), EINVAL);
  EQUAL(errorOf([&] { device->addNic({"em1", 1, 1, 1, 2048}); }), EINVAL);
  EQUAL(errorOf([&] { device->addNic({"a name too long for it", 1, 1, 64, 2048}); }), EINVAL);
  EQUAL(errorOf([&] { device->connect("em0", "em1"); }), ENXIO);
}
