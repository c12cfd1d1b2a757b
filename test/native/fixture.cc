#include "fixture.h"

#include <poll.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>

#include "system/sys_error.h"

namespace fixture {

using nmcap::Port;
using nmcap::PortRequest;
using nmcap::Ring;
using nmcap::sim::Device;

std::unique_ptr<Device> deviceWith(nmcap::sim::NicConfig config) {
  auto device = std::make_unique<Device>();
  if (config.name.empty()) config.name = "em0";
  device->addNic(config);
  return device;
}

std::unique_ptr<Device> deviceWithNic() { return deviceWith({}); }

PortRequest request(const std::string& name, std::uint64_t flags, std::uint32_t mode,
                    std::uint16_t ring) {
  PortRequest request;
  request.name = name;
  request.flags = flags;
  request.mode = mode;
  request.ringId = ring;
  return request;
}

std::unique_ptr<Port> open(Device& device, const PortRequest& request) {
  return std::make_unique<Port>(device, request);
}
std::unique_ptr<Port> open(Device& device, const std::string& name) {
  return open(device, request(name));
}
std::unique_ptr<Port> copyMonitor(Device& device, const std::string& name) {
  return open(device, request(name, kCopyMonitor));
}
std::unique_ptr<Port> zeroCopyMonitor(Device& device, const std::string& name) {
  return open(device, request(name, nmcap::abi::kZeroCopyMonitor));
}

int openError(Device& device, const PortRequest& request) {
  try {
    const Port port(device, request);
    return 0;
  } catch (const nmcap::SysError& error) {
    return error.error();
  }
}

std::vector<std::string> numbered(const std::string& prefix, int count, int first) {
  std::vector<std::string> frames;
  for (int i = first; i < first + count; i++) {
    std::string frame = prefix + " " + std::to_string(i);
    frame.resize(60, '.');
    frames.push_back(frame);
  }
  return frames;
}

std::string ethernet(int to, int from, const std::string& text) {
  const auto address = [](int host) {
    if (host == kBroadcast) return std::string(6, '\xff');
    return std::string("\x02\0\0\0\0", 5) + static_cast<char>(host);
  };
  std::string frame = address(to) + address(from) + std::string("\x88\xb5", 2) + text;
  frame.resize(60, '.');
  return frame;
}

void transmit(Port& port, const std::vector<std::string>& frames, std::uint16_t number) {
  for (Ring& ring : port.txRings()) {
    if (ring.number() != number) continue;
    std::uint32_t head = ring.head();
    std::uint32_t room = ring.available();
    for (const std::string& frame : frames) {
      std::size_t done = 0;
      do {
        if (room-- == 0) throw std::logic_error("the tx ring is full");
        const std::size_t length = std::min<std::size_t>(ring.bufferSize(), frame.size() - done);
        std::memcpy(ring.piece(head).data, frame.data() + done, length);
        done += length;
        ring.describe(head, static_cast<std::uint16_t>(length),
                      done < frame.size() ? nmcap::abi::kSlotMoreFragments : std::uint16_t{0});
        head = ring.next(head);
      } while (done < frame.size());
    }
    ring.release(head);
    if (!port.txSync()) throw std::runtime_error("txsync failed");
    return;
  }
  throw std::logic_error("the port has no such tx ring");
}

std::size_t arrive(Device& device, const std::vector<std::string>& frames, std::uint16_t ring,
                   const std::string& nic) {
  std::vector<nmcap::sim::WireFrame> wire;
  for (const std::string& frame : frames) {
    wire.push_back({reinterpret_cast<const std::uint8_t*>(frame.data()),
                    static_cast<std::uint32_t>(frame.size())});
  }
  return device.nic(nic)->receive(ring, wire.data(), wire.size());
}

std::vector<Seen> take(Port& port) {
  if (!port.rxSync()) throw std::runtime_error("rxsync failed");
  std::vector<Seen> slots;
  for (Ring& ring : port.rxRings()) {
    const std::uint32_t tail = ring.tail();
    for (std::uint32_t i = ring.head(); i != tail; i = ring.next(i)) {
      const Ring::Piece piece = ring.piece(i);
      const auto* const bytes = reinterpret_cast<const char*>(piece.data);
      slots.push_back({ring.number(), std::string(bytes, piece.length),
                       static_cast<std::uint16_t>(piece.flags & 0xff)});
    }
    ring.release(tail);
  }
  return slots;
}

std::vector<Seen> consume(Port& port) {
  std::vector<Seen> slots = take(port);
  port.rxSync();
  return slots;
}

std::uint32_t slotLength(Port& port, std::uint32_t index) {
  const nmcap::Mapping mapping(port.sys(), port.descriptor(), port.granted().memsize, port.name());
  auto* const interface =
      reinterpret_cast<nmcap::abi::Interface*>(mapping.data() + port.granted().offset);
  const std::int64_t offset =
      interface->ringOffsets()[interface->tx_rings + interface->host_tx_rings];
  auto* const ring =
      reinterpret_cast<nmcap::abi::Ring*>(reinterpret_cast<std::uint8_t*>(interface) + offset);
  return ring->slots()[index].len;
}

std::vector<std::string> bytesOf(const std::vector<Seen>& slots) {
  std::vector<std::string> frames;
  for (const Seen& slot : slots) frames.push_back(slot.bytes);
  return frames;
}

std::string joined(const std::vector<std::string>& frames) {
  std::string text;
  for (const std::string& frame : frames) text += frame + "|";
  return text;
}

std::string textOf(const std::vector<Seen>& slots) { return joined(bytesOf(slots)); }

short pollOnce(Port& port, short events, int timeoutMs) {
  pollfd entry{port.descriptor(), events, 0};
  port.sys().poll(&entry, 1, timeoutMs);
  return entry.revents;
}

}  // namespace fixture
