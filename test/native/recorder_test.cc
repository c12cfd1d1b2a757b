// A drain that keeps the latest packets, and hands them over once something triggers.
#include "capture/recorder.h"

#include <chrono>
#include <cstdlib>
#include <memory>
#include <thread>
#include <utility>

#include "capture/drain.h"
#include "check.h"
#include "filter/link_type.h"
#include "fixture.h"

using namespace fixture;
using nmcap::BatchPool;
using nmcap::Drain;
using nmcap::PacketFilter;
using nmcap::Recorder;

namespace {

constexpr std::size_t kBatch = 4096;
constexpr std::uint64_t kKeep = 3 * kBatch;
constexpr std::int64_t kHour = 3'600'000'000;

// A drain of an application's port whose recorder is triggered by frames that begin with a "t".
struct Recorded {
  std::unique_ptr<nmcap::sim::Device> device = deviceWithNic();
  std::unique_ptr<nmcap::Port> app = open(*device, "em0");
  std::unique_ptr<nmcap::Port> monitor = copyMonitor(*device, "em0");
  Drain drain;
  int sent = 0;

  explicit Recorded(std::int64_t after = kHour, std::uint32_t batches = 8)
      : drain(options(batches), nullptr, [] {}) {
    drain.setPorts({monitor.get()});
    HOLDS(drain.record(std::make_unique<Recorder>(
        drain.pool(), nmcap::RecorderOptions{kKeep, after, "trigger: t"},
        std::make_unique<PacketFilter>("ether[0] = 0x74", nmcap::kLinkTypeEthernet))));
    drain.start();
  }

  static nmcap::DrainOptions options(std::uint32_t batches) {
    nmcap::DrainOptions options;
    options.snapshotLength = 256;
    options.batchSize = kBatch;
    options.batchCount = batches;
    return options;
  }

  Recorder& recorder() { return *drain.recorder(); }
  // Sends that many frames, numbered from the last one on, and waits until they are drained.
  void send(int count) {
    for (int left = count; left > 0;) {
      const int burst = std::min(left, 100);
      sendFrames(numbered("out", burst, sent));
      left -= burst;
    }
  }
  void sendFrames(const std::vector<std::string>& frames) {
    transmit(*app, frames);
    sent += static_cast<int>(frames.size());
    while (counters().seen < static_cast<std::uint64_t>(sent)) std::this_thread::yield();
  }
  nmcap::WayCounters counters() { return drain.counters().front().ways[nmcap::kOutbound]; }
  // The drain thread's answer to a signal.
  void trigger() {
    drain.requestTrigger();
    while (!recorder().recording()) std::this_thread::yield();
  }
};

struct Packet {
  std::string text;
  std::string comment;
};

std::vector<Packet> packetsOf(const std::uint8_t* at, const std::uint8_t* end) {
  std::vector<Packet> packets;
  for (; at < end; at += nmcap::epbLength(at)) {
    const std::uint8_t* const data = at + nmcap::kEpbHeaderSize;
    const std::uint8_t* const options =
        data + nmcap::padded(nmcap::epbWord(at + 20)) + nmcap::kEpbOptionSize;
    const std::uint32_t option = nmcap::epbWord(options);
    const bool commented = (option & 0xffff) == nmcap::kEpbComment;
    packets.push_back({reinterpret_cast<const char*>(data),
                       commented
                           ? std::string(reinterpret_cast<const char*>(options) + 4, option >> 16)
                           : std::string()});
  }
  return packets;
}

// All that can be taken now, which is then released.
std::vector<Packet> takeAll(Drain& drain) {
  std::vector<Packet> all;
  while (const auto batch = drain.take()) {
    const std::uint8_t* const bytes = drain.pool()->buffer(batch->index);
    const auto packets = packetsOf(bytes + batch->start, bytes + batch->length);
    EQUAL(packets.size(), batch->packets);
    all.insert(all.end(), packets.begin(), packets.end());
    drain.release(batch->index);
  }
  return all;
}

int numberOf(const Packet& packet) { return std::atoi(packet.text.c_str() + 4); }

}  // namespace

TEST("recorder: keeps the latest packets, and discards none") {
  Recorded recorded;
  recorded.send(5000);
  recorded.trigger();
  const std::uint64_t forgotten = recorded.recorder().forgotten().packets;
  const auto recording = recorded.recorder().current();
  HOLDS(recording.has_value());
  HOLDS(recording->bySignal);
  HOLDS(recording->position - recording->forgotten.position >= kKeep);
  HOLDS(recording->position - recording->forgotten.position < kKeep + 2 * kBatch);
  const auto kept = takeAll(recorded.drain);
  EQUAL(forgotten + kept.size(), 5000u);
  EQUAL(recorded.counters().discarded, 0u);
  for (std::size_t i = 0; i < kept.size(); i++) {
    EQUAL(numberOf(kept[i]), static_cast<int>(5000 - kept.size() + i));
  }
}

TEST("recorder: hands nothing over before something triggers") {
  Recorded recorded;
  recorded.send(10);
  HOLDS(!recorded.recorder().recording());
  HOLDS(!recorded.drain.take().has_value());
  recorded.sendFrames({"trigger 10" + std::string(50, '\0')});
  HOLDS(recorded.recorder().recording());
  HOLDS(!recorded.recorder().current()->bySignal);
  recorded.send(1);
  recorded.drain.close();
  const auto packets = takeAll(recorded.drain);
  EQUAL(packets.size(), 12u);
  for (const Packet& packet : packets) {
    const bool triggers = packet.text == "trigger 10";
    EQUAL(packet.comment, triggers ? "nmcap: trigger: t" : "");
  }
}

TEST("recorder: forgets nothing while it records, and says what it discards") {
  Recorded recorded;
  recorded.trigger();
  recorded.send(1000);
  const auto counters = recorded.counters();
  HOLDS(counters.discarded > 0);
  EQUAL(recorded.recorder().forgotten().packets, 0u);
  recorded.drain.close();
  const auto packets = takeAll(recorded.drain);
  EQUAL(packets.size(), 1000 - counters.discarded);
  for (std::size_t i = 0; i < packets.size(); i++) {
    EQUAL(numberOf(packets[i]), static_cast<int>(i));
  }
  EQUAL(packets.front().comment, "nmcap: trigger: signal");
}

TEST("recorder: a trigger soon after another one goes on with its recording") {
  constexpr std::int64_t kAfter = 50'000;
  Recorded recorded(kAfter);
  const std::vector<std::string> triggers{"trigger" + std::string(53, '\0')};
  recorded.sendFrames(triggers);
  const auto first = *recorded.recorder().current();
  while (recorded.recorder().current()->last == first.last) recorded.sendFrames(triggers);
  const auto prolonged = *recorded.recorder().current();
  EQUAL(prolonged.first, first.first);
  HOLDS(prolonged.last - first.last <= kAfter);
  std::this_thread::sleep_for(std::chrono::microseconds(2 * kAfter));
  recorded.sendFrames(triggers);
  // The later one waits for its turn.
  EQUAL(recorded.recorder().current()->first, first.first);
  const auto last = recorded.recorder().current()->last;
  recorded.recorder().finish();
  HOLDS(recorded.recorder().recording());
  HOLDS(recorded.recorder().current()->first > last + kAfter);
  HOLDS(recorded.recorder().current()->position > first.position);
  recorded.recorder().finish();
  HOLDS(!recorded.recorder().recording());
}

TEST("recorder: a signal without packets leaves no comment for later") {
  Recorded recorded;
  recorded.trigger();
  recorded.recorder().finish();
  recorded.send(1);
  recorded.trigger();
  const auto packets = takeAll(recorded.drain);
  EQUAL(packets.size(), 1u);
  EQUAL(packets.front().comment, "");
}

TEST("recorder: every packet is forgotten or taken once, however often it is armed") {
  constexpr int kPackets = 60'000;
  constexpr std::uint32_t kBatches = 64;
  Recorded recorded(0, kBatches);
  BatchPool& pool = *recorded.drain.pool();
  std::atomic<bool> done{false};
  Thread sender([&] {
    for (int i = 0; i < kPackets; i += 60) {
      // So that none is discarded where the other threads have to wait.
      while (recorded.recorder().recording() && pool.outstanding() > kBatches / 2) {
        std::this_thread::yield();
      }
      recorded.send(59);
      recorded.sendFrames({"the 60th" + std::string(52, '\0')});
    }
    done = true;
  });
  // One packet of each batch taken is put back, which the drain may then forget.
  std::uint64_t taken = 0;
  int recordings = 0;
  int before = -1;
  while (!done) {
    if (!recorded.recorder().recording()) continue;
    if (const auto batch = recorded.drain.take()) {
      const std::uint8_t* const bytes = pool.buffer(batch->index);
      const std::uint8_t* const end = bytes + batch->length;
      for (const Packet& packet : packetsOf(bytes + batch->start, end)) {
        if (packet.text[0] == 't') continue;
        HOLDS(numberOf(packet) > before);
        before = numberOf(packet);
      }
      if (batch->packets < 2) {
        taken += batch->packets;
        recorded.drain.release(batch->index);
        continue;
      }
      const std::uint8_t* const last = nmcap::epbBefore(end);
      if (last[nmcap::kEpbHeaderSize] != 't') before--;
      taken += batch->packets - 1;
      HOLDS(pool.putBackRest(batch->index, static_cast<std::size_t>(last - bytes), 1));
    }
    recorded.recorder().finish();
    recordings++;
  }
  sender.join();
  recorded.drain.close();
  taken += takeAll(recorded.drain).size();
  EQUAL(taken + recorded.recorder().forgotten().packets + recorded.counters().discarded,
        static_cast<std::uint64_t>(kPackets));
  EQUAL(recorded.counters().discarded, 0u);
  HOLDS(recordings > 100);
}
