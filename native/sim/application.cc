#include "sim/application.h"

namespace nmcap::sim {
namespace {

// The netmap port that a VALE port's or a pipe's peer has open; empty for a NIC.
std::string peerName(const std::string& name) {
  const std::size_t pipe = name.find_first_of("{}");
  if (pipe != std::string::npos) {
    std::string other = name;
    other[pipe] = name[pipe] == '{' ? '}' : '{';
    return other;
  }
  const std::size_t colon = name.find(':');
  if (colon == std::string::npos) return "";
  const std::string peer = name.substr(0, colon) + ":peer";
  return peer != name ? peer : peer + "2";
}

}  // namespace

Application::Application(Device& device, const PortRequest& request) : program_(device, request) {
  PortRequest peer = request;
  peer.name = peerName(request.name);
  if (peer.name.empty()) {
    nic_ = device.nic(request.name);
  } else {
    peer_.emplace(device, peer);
  }
}

void Application::send(std::uint16_t ring, const WireFrame* frames, std::size_t count) {
  for (std::size_t sent = 0; sent < count;) {
    sent += program_.send(ring, frames + sent, count - sent);
    if (peer_) peer_->consume();
  }
}

void Application::receive(std::uint16_t ring, const WireFrame* frames, std::size_t count) {
  for (std::size_t arrived = 0; arrived < count;) {
    arrived += peer_ ? peer_->send(ring, frames + arrived, count - arrived)
                     : nic_->receive(ring, frames + arrived, count - arrived);
    program_.consume();
  }
}

}  // namespace nmcap::sim
