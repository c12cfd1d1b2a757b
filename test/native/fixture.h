// Ports of a simulated device as tests use them: an application that sends and receives, monitors,
// and frames that can be told apart.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "netmap/port.h"
#include "sim/device.h"

namespace fixture {

// A slot that was read.
struct Seen {
  std::uint16_t ring;
  std::string bytes;
  std::uint16_t flags;  // without the high byte
  bool tx() const { return (flags & nmcap::abi::kSlotTxMonitor) != 0; }
  bool moreFragments() const { return (flags & nmcap::abi::kSlotMoreFragments) != 0; }
};

// A thread that is joined at the latest when its test ends, however it ends.
class Thread {
 public:
  template <typename Work>
  explicit Thread(Work work) : thread_(std::move(work)) {}
  ~Thread() { join(); }
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  void join() {
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::thread thread_;
};

// A device with one NIC, em0.
std::unique_ptr<nmcap::sim::Device> deviceWith(nmcap::sim::NicConfig config);
std::unique_ptr<nmcap::sim::Device> deviceWithNic();

nmcap::PortRequest request(const std::string& name, std::uint64_t flags = 0,
                           std::uint32_t mode = nmcap::abi::kModeAllNic, std::uint16_t ring = 0);
std::unique_ptr<nmcap::Port> open(nmcap::sim::Device& device, const nmcap::PortRequest& request);
std::unique_ptr<nmcap::Port> open(nmcap::sim::Device& device, const std::string& name);

inline constexpr std::uint64_t kCopyMonitor = nmcap::abi::kMonitorRx | nmcap::abi::kMonitorTx;
std::unique_ptr<nmcap::Port> copyMonitor(nmcap::sim::Device& device, const std::string& name);
std::unique_ptr<nmcap::Port> zeroCopyMonitor(nmcap::sim::Device& device, const std::string& name);

// The errno that opening this port fails with; 0 when it does not fail.
int openError(nmcap::sim::Device& device, const nmcap::PortRequest& request);

// "prefix 0", "prefix 1", …, each 60 bytes long.
std::vector<std::string> numbered(const std::string& prefix, int count, int first = 0);

// An Ethernet frame of 60 bytes between hosts 0 … 255 of a made-up network; kBroadcast: to all.
inline constexpr int kBroadcast = -1;
std::string ethernet(int to, int from, const std::string& text);

// The application sends these frames, in one txsync; each takes the slots it needs.
void transmit(nmcap::Port& port, const std::vector<std::string>& frames, std::uint16_t ring = 0);
// Frames arrive at the NIC, in one batch. Returns how many had room.
std::size_t arrive(nmcap::sim::Device& device, const std::vector<std::string>& frames,
                   std::uint16_t ring = 0, const std::string& nic = "em0");
// Syncs and takes what is there. The slots are given back at the next sync.
std::vector<Seen> take(nmcap::Port& port);
// take(), and a sync that gives the slots back.
std::vector<Seen> consume(nmcap::Port& port);

// The length in a slot of rx ring 0, as it stands in the memory.
std::uint32_t slotLength(nmcap::Port& port, std::uint32_t index);

std::vector<std::string> bytesOf(const std::vector<Seen>& slots);
std::string joined(const std::vector<std::string>& frames);
std::string textOf(const std::vector<Seen>& slots);  // joined bytesOf

// poll(2)'s revents for one port.
short pollOnce(nmcap::Port& port, short events, int timeoutMs = 0);

}  // namespace fixture
