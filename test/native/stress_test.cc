// Ports, monitors and traffic that come and go at once. What these tests look for are races and
// broken lists, which the sanitizers see, and frames out of order.
#include <poll.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "check.h"
#include "fixture.h"
#include "sim/traffic.h"
#include "system/sys_error.h"

using namespace fixture;
using nmcap::sim::Device;
using nmcap::sim::Traffic;
using nmcap::sim::TrafficOptions;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto kDuration = std::chrono::milliseconds(400);

TrafficOptions endless() {
  TrafficOptions options;
  options.port.name = "em0";
  options.loadLength = 60;
  return options;
}

std::uint64_t sequenceOf(const std::string& bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 42; i < 50; i++) value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
  return value;
}

// Reads for a while; frames of a ring and direction may be missing, but never come twice or late.
// Returns how many there were. `directed`: the monitor tells the directions apart.
std::uint64_t watch(nmcap::Port& monitor, Clock::duration time, bool directed) {
  std::uint64_t next[4][2] = {};
  std::uint64_t seen = 0;
  for (const auto end = Clock::now() + time; Clock::now() < end;) {
    if ((pollOnce(monitor, POLLIN, 20) & POLLERR) != 0) break;
    for (const Seen& slot : take(monitor)) {
      seen++;
      if (!directed) continue;
      std::uint64_t& expected = next[slot.ring][slot.tx()];
      const std::uint64_t sequence = sequenceOf(slot.bytes);
      HOLDS(sequence >= expected);
      expected = sequence + 1;
    }
  }
  return seen;
}

// Runs `work(turn)` again and again until the time is over, in its own thread. What it throws is
// thrown by join().
class Worker {
 public:
  template <typename Work>
  explicit Worker(Work work)
      : thread_([this, work] {
          try {
            const auto end = Clock::now() + kDuration;
            for (unsigned turn = 0; Clock::now() < end; turn++) work(turn);
          } catch (const std::exception& error) {
            error_ = error.what();
          }
        }) {}
  void join() {
    thread_.join();
    EQUAL(error_, "");
  }

 private:
  std::string error_;
  Thread thread_;
};

}  // namespace

TEST("stress: copy monitors come and go under traffic, frames stay in order") {
  const auto device = deviceWith({"", 2, 1, 256, 2048});
  Traffic traffic(*device, endless(), {});
  traffic.start();
  std::atomic<std::uint64_t> seen{0};
  Worker stays([&](unsigned) {
    const auto monitor = copyMonitor(*device, "em0");
    seen += watch(*monitor, kDuration / 2, true);
  });
  Worker changes([&](unsigned turn) {
    const auto one = copyMonitor(*device, "em0");
    const auto two = open(
        *device, request("em0", turn % 2 == 0 ? nmcap::abi::kMonitorTx : nmcap::abi::kMonitorRx));
    seen += watch(*two, std::chrono::milliseconds(2), true);
  });
  stays.join();
  changes.join();
  traffic.stop();
  HOLDS(seen > 0);
}

TEST("stress: chains of zero-copy monitors, added and removed in any order under traffic") {
  const auto device = deviceWith({"", 2, 1, 256, 2048});
  Traffic traffic(*device, endless(), {});
  traffic.start();
  std::vector<std::unique_ptr<Worker>> workers;
  std::atomic<std::uint64_t> seen{0};
  for (int i = 0; i < 3; i++) {
    workers.push_back(std::make_unique<Worker>([&, i](unsigned turn) {
      const auto first = zeroCopyMonitor(*device, "em0");
      auto second = zeroCopyMonitor(*device, "em0");
      seen += watch(*first, std::chrono::milliseconds(1 + i), false);
      if (turn % 2 == 0) second.reset();
      seen += watch(*first, std::chrono::milliseconds(1), false);
    }));
  }
  for (const auto& worker : workers) worker->join();
  traffic.stop();
  HOLDS(seen > 0);
}

TEST("stress: copy and zero-copy monitors together") {
  const auto device = deviceWith({"", 1, 1, 256, 2048});
  Traffic traffic(*device, endless(), {});
  traffic.start();
  Worker copies(
      [&](unsigned) { watch(*copyMonitor(*device, "em0"), std::chrono::milliseconds(3), false); });
  Worker swaps([&](unsigned) {
    watch(*zeroCopyMonitor(*device, "em0"), std::chrono::milliseconds(5), false);
  });
  copies.join();
  swaps.join();
  traffic.stop();
}

TEST("stress: the parent leaves and returns while monitors attach, read and close") {
  const auto device = deviceWithNic();
  Worker parent([&](unsigned) {
    Traffic traffic(*device, endless(), {});
    traffic.start();
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
  });
  const auto follow = [&](std::uint64_t flags) {
    return [&device, flags](unsigned) {
      try {
        const auto monitor = open(*device, request("em0", flags));
        watch(*monitor, std::chrono::milliseconds(4), false);
      } catch (const nmcap::SysError& error) {
        EQUAL(error.error(), EINVAL);
      }
    };
  };
  Worker copies(follow(kCopyMonitor));
  Worker swaps(follow(nmcap::abi::kZeroCopyMonitor));
  Worker chained(follow(nmcap::abi::kZeroCopyMonitor));
  for (Worker* const worker : {&parent, &copies, &swaps, &chained}) worker->join();
}

TEST("stress: frames from the wire meet a port that opens and closes") {
  const auto device = deviceWithNic();
  Worker wire([&](unsigned turn) { arrive(*device, numbered("in", 20, static_cast<int>(turn))); });
  Worker host([&](unsigned) {
    const std::uint8_t frame[60] = {};
    device->nic("em0")->sendFromHost(0, frame, sizeof(frame));
  });
  Worker port([&](unsigned turn) {
    const auto mode = turn % 2 == 0 ? nmcap::abi::kModeAllNic : nmcap::abi::kModeNicAndHost;
    const auto app = open(*device, request("em0", 0, mode));
    const auto monitor = copyMonitor(*device, "em0");
    for (int i = 0; i < 5; i++) consume(*app);
    consume(*monitor);
  });
  for (Worker* const worker : {&wire, &host, &port}) worker->join();
}

TEST("stress: ports of a switch send, come and go, and are monitored") {
  Device device;
  const auto keeper = open(device, "vale0:keeper");
  std::vector<std::unique_ptr<Worker>> workers;
  for (int host = 0; host < 2; host++) {
    workers.push_back(std::make_unique<Worker>([&device, host](unsigned) {
      const auto port = open(device, "vale0:p" + std::to_string(host));
      for (int i = 0; i < 30; i++) {
        transmit(*port, {ethernet(kBroadcast, host, "hello"), ethernet(1 - host, host, "you")});
        consume(*port);
      }
    }));
  }
  Worker monitors([&](unsigned turn) {
    const auto monitor = turn % 2 == 0 ? copyMonitor(device, "vale0:keeper")
                                       : zeroCopyMonitor(device, "vale0:keeper");
    for (int i = 0; i < 10; i++) {
      consume(*keeper);
      consume(*monitor);
    }
  });
  for (const auto& worker : workers) worker->join();
  monitors.join();
}

TEST("stress: both ends of a pipe at work, monitored, come and go") {
  const auto device = deviceWithNic();
  const auto keeper = open(*device, "em0{1");
  Worker sender([&](unsigned) {
    if (keeper->txRings()[0].available() >= 5) transmit(*keeper, numbered("out", 5));
    keeper->txSync();
  });
  Worker receiver([&](unsigned) {
    const auto slave = open(*device, "em0}1");
    for (int i = 0; i < 20; i++) consume(*slave);
  });
  Worker monitors([&](unsigned turn) {
    const auto monitor =
        turn % 2 == 0 ? copyMonitor(*device, "em0{1") : zeroCopyMonitor(*device, "em0{1");
    for (int i = 0; i < 20; i++) consume(*monitor);
  });
  for (Worker* const worker : {&sender, &receiver, &monitors}) worker->join();
}
