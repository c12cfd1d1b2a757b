// A simulated network interface with netmap support: what a driver such as if_em_netmap.h does with
// its hardware's rings. Frames on the wire come in through receive(); frames that the application
// sends are complete, their slots free again, at the txsync that sends them, and go to the peer at
// the other end of the wire, if there is one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sim/adapter.h"
#include "sim/host_stack.h"

namespace nmcap::sim {

struct NicConfig {
  std::string name;  // 15 bytes at most
  std::uint16_t rings = 1;
  std::uint16_t hostRings = 1;      // 0: the port has none
  std::uint32_t slots = 1024;       // 2 … 4096
  std::uint32_t bufferSize = 2048;  // bytes; NICs whose memory is cut alike share it
};

// Bytes on the wire, without FCS.
struct WireFrame {
  const std::uint8_t* data;
  std::uint32_t length;
};

class Nic final : public Adapter {
 public:
  Nic(const NicConfig& config, std::shared_ptr<Memory> memory);

  // Any thread's from here on.

  // Puts frames into rx ring `ring` and raises its interrupt, as long as there is room: a frame
  // that is longer than a buffer takes several slots. Returns how many of the frames went in. A
  // port that is not in netmap mode, or has the ring not open, leaves them to the host: all went
  // in.
  std::size_t receive(std::uint16_t ring, const WireFrame* frames, std::size_t count);

  // From now on each of the two receives what the other sends, ring by ring.
  static void connect(Nic& one, Nic& two);

  // A frame that the host sends; see HostStack::send.
  bool sendFromHost(std::uint16_t hostRing, const std::uint8_t* frame, std::size_t length);
  std::uint64_t receivedByHost() const { return host_.received(); }

 protected:
  void createKrings() override;
  void deleteKrings() override;
  void enter() override;
  void leave() override;

 private:
  static int syncTx(Kring& kring);
  static int syncRx(Kring& kring);
  static int syncHostTx(Kring& kring);
  static int syncHostRx(Kring& kring);

  void sendToPeer(const Kring& kring, Nic& peer) const;

  HostStack host_;
  std::atomic<Nic*> peer_{nullptr};
  // The driver's: no interrupt is served while the port changes its mode.
  std::mutex wire_;
  // Where the hardware writes next, by rx ring; ahead of hwtail until the next rxsync.
  std::vector<std::atomic<std::uint32_t>> hardwareTail_;
};

}  // namespace nmcap::sim
