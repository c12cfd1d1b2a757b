#include "sim/file.h"

#include <poll.h>

#include <cerrno>
#include <utility>

#include "sim/refusal.h"

namespace nmcap::sim {
namespace {

constexpr short kRxEvents = POLLIN | POLLRDNORM;
constexpr short kTxEvents = POLLOUT | POLLWRNORM;

// Both with the ring held; false when something was wrong. A tx ring that user space has spoilt is
// not synced, an rx ring is.
bool syncTxRing(Kring& kring) {
  if (!kring.beginTxSync()) {
    kring.reinitialize();
    return false;
  }
  if (kring.sync(kring) != 0) return false;
  kring.finishSync();
  return true;
}

bool syncRxRing(Kring& kring) {
  const bool sound = kring.beginRxSync();
  if (!sound) kring.reinitialize();
  const bool synced = kring.sync(kring) == 0;
  if (synced) kring.finishSync();
  kring.stampTime();
  return sound && synced;
}

bool hasUnsent(const Kring& kring) {
  return __atomic_load_n(&kring.ring->head, __ATOMIC_RELAXED) != kring.hwcur.load();
}

template <typename Visit>
void eachAwaited(const Binding& binding, short events, Visit visit) {
  if ((events & kRxEvents) != 0) binding.eachKring(kRx, visit);
  if ((events & kTxEvents) != 0) binding.eachKring(kTx, visit);
}

}  // namespace

File::~File() {
  const std::lock_guard<std::mutex> lock(deviceLock_);
  owned_.reset();
}

void File::bind(std::shared_ptr<Adapter> adapter, const abi::RegisterRequest& request) {
  if (owned_ != nullptr) throw Refusal{EBUSY};
  owned_ = std::make_unique<Binding>(std::move(adapter), request);
  binding_.store(owned_.get(), std::memory_order_release);
}

int File::sync(Side side) {
  const Binding* const bound = binding();
  if (bound == nullptr) return ENXIO;
  bound->eachKring(side, [side](Kring& kring) {
    if (!kring.tryHold(true)) return;
    side == kTx ? syncTxRing(kring) : syncRxRing(kring);
    kring.release();
  });
  return 0;
}

// Rings with something to send are synced even when nobody asks for room in them.
short File::pollTx(const Binding& binding, short wanted) const {
  short events = 0;
  binding.eachKring(kTx, [&](Kring& kring) {
    const bool searching = wanted != 0 && (events & wanted) == 0;
    if (!searching && !hasUnsent(kring)) return;
    if (!kring.tryHold(true)) return;
    if (!syncTxRing(kring)) events |= POLLERR;
    if (kring.rcur != kring.rtail) events |= wanted;
    kring.release();
  });
  return events;
}

short File::pollRx(const Binding& binding, short wanted) const {
  short events = 0;
  binding.eachKring(kRx, [&](Kring& kring) {
    if (!kring.tryHold(true)) return;
    if (!syncRxRing(kring)) events |= POLLERR;
    if (kring.rcur != kring.rtail) events |= wanted;
    kring.release();
  });
  return events;
}

short File::poll(short events) {
  const Binding* const bound = binding();
  if (bound == nullptr || !bound->adapter().on()) return POLLERR;
  const short wantedTx = events & kTxEvents;
  const short wantedRx = events & kRxEvents;
  short found = 0;
  if (wantedTx != 0 || bound->sendsOnPoll()) found |= pollTx(*bound, wantedTx);
  if (wantedRx != 0) found |= pollRx(*bound, wantedRx);
  return found;
}

void File::prepareSleep(short events) {
  wakeup_.clear();
  const Binding* const bound = binding();
  if (bound == nullptr) return;
  eachAwaited(*bound, events, [this](Kring& kring) { kring.waiting.add(wakeup_); });
}

void File::dropSleep(short events) {
  const Binding* const bound = binding();
  if (bound == nullptr) return;
  eachAwaited(*bound, events, [this](Kring& kring) { kring.waiting.remove(wakeup_); });
}

std::vector<RingLoss> File::losses() const {
  std::vector<RingLoss> losses;
  const Binding* const bound = binding();
  if (bound == nullptr) return losses;
  bound->eachKring(kRx, [&](const Kring& kring) {
    const auto& bySide = kring.losses.bySide;
    losses.push_back({kring.number, bySide[kRx].load(), bySide[kTx].load()});
  });
  return losses;
}

}  // namespace nmcap::sim
