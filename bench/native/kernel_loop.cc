// The plain capture loop (plain_capture.h) on a port of the kernel's netmap, as a program that
// `npm run bench:kernel` can measure in turn with nmcap:
//
//   kernel_loop PORT FILE     PORT as netmap:vale0:a/rt; until SIGINT or SIGTERM
#include <signal.h>

#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>

#include "plain_capture.h"
#include "run_main.h"

namespace nmcap::bench {
namespace {

volatile sig_atomic_t stopped = 0;
void stop(int) { stopped = 1; }

PortRequest monitorOf(std::string name) {
  const std::string prefix = "netmap:";
  const std::string suffix = "/rt";
  if (name.size() < prefix.size() + suffix.size() || name.compare(0, prefix.size(), prefix) != 0 ||
      name.compare(name.size() - suffix.size(), suffix.size(), suffix) != 0) {
    throw std::invalid_argument(name + ": must be as netmap:vale0:a/rt");
  }
  PortRequest request;
  request.name = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
  request.rxSlots = 4096;
  request.flags = abi::kMonitorRx | abi::kMonitorTx;
  return request;
}

// A section header and an Ethernet interface without options (draft-ietf-opsawg-pcapng, 4.1, 4.2).
constexpr std::uint32_t kHeader[] = {0x0a0d0d0a, 28, 0x1a2b3c4d, 1, 0xffffffff, 0xffffffff,
                                     28,         1,  20,         1, 0,          20};

int run(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: kernel_loop PORT FILE\n");
    return 2;
  }
  struct sigaction action {};
  action.sa_handler = stop;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  File file(argv[2]);
  file.write(reinterpret_cast<const std::uint8_t*>(kHeader), sizeof kHeader);
  Port port(kernelSys(), monitorOf(argv[1]));
  PlainCapture loop(port, file);
  while (stopped == 0) loop.look(std::numeric_limits<std::uint64_t>::max());
  loop.flush();
  return 0;
}

}  // namespace
}  // namespace nmcap::bench

int main(int argc, char** argv) {
  return nmcap::bench::runMain("kernel_loop", nmcap::bench::run, argc, argv);
}
