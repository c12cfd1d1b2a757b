// Netmap pipes (netmap_pipe.c): two ports, NAME{ID and NAME}ID, what one sends the other receives.
// A tx ring and the rx ring at its other end have the same buffers in them: a slot is handed over
// by copying it. Both ends exist, with their rings, as long as either is open, so frames wait for
// an end that is not.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "sim/adapter.h"

namespace nmcap::sim {

class PipeEnd final : public Adapter {
 public:
  PipeEnd(const std::string& name, const Shape& shape, std::shared_ptr<Memory> memory);

 protected:
  void createKrings() override;
  void deleteKrings() override;
  void enter() override;
  void leave() override;

 private:
  friend class Pipe;

  static int syncTx(Kring& kring);
  static int syncRx(Kring& kring);

  PipeEnd* peer_ = nullptr;
};

class Pipe {
 public:
  // Which end a port name means.
  enum class End { kMaster, kSlave };

  // `request` is that of the first to ask for either end, in terms of the master's rings.
  Pipe(std::shared_ptr<Adapter> parent, const std::string& id, const abi::RegisterRequest& request);

  PipeEnd& end(End which) { return which == End::kMaster ? master_ : slave_; }

 private:
  const std::shared_ptr<Adapter> parent_;
  PipeEnd master_;
  PipeEnd slave_;
};

}  // namespace nmcap::sim
