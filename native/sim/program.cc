#include "sim/program.h"

#include <algorithm>

#include "sim/copy.h"

namespace nmcap::sim {
namespace {

std::uint32_t slotsFor(const Ring& ring, const WireFrame& frame) {
  return frame.length == 0 ? 1 : (frame.length - 1) / ring.bufferSize() + 1;
}

void fill(Ring& ring, std::uint32_t& head, const WireFrame& frame) {
  for (std::uint32_t done = 0, left = slotsFor(ring, frame); left > 0; left--) {
    const Ring::Piece piece = ring.piece(head);
    const std::uint32_t length = std::min(ring.bufferSize(), frame.length - done);
    // A slot without a buffer would be a bug of the simulated kernel.
    if (piece.data != nullptr) copyBytes(piece.data, frame.data + done, length);
    ring.describe(head, static_cast<std::uint16_t>(length),
                  left > 1 ? abi::kSlotMoreFragments : std::uint16_t{0});
    done += length;
    head = ring.next(head);
  }
}

}  // namespace

std::uint32_t Program::longestFrame() {
  const Ring& ring = port_.txRings().front();
  return std::min(abi::kMaxFragments, ring.slotCount() - 1) * ring.bufferSize();
}

std::size_t Program::send(std::uint16_t number, const WireFrame* frames, std::size_t count) {
  Ring& ring = port_.txRings()[number];
  std::uint32_t room = ring.available();
  std::uint32_t head = ring.head();
  std::size_t sent = 0;
  for (; sent < count; sent++) {
    const std::uint32_t needed = slotsFor(ring, frames[sent]);
    if (needed > room) break;
    fill(ring, head, frames[sent]);
    room -= needed;
  }
  ring.release(head);
  port_.txSync();
  return sent;
}

// The second sync gives the slots back at once, instead of when the next frames are looked for.
void Program::consume() {
  port_.rxSync();
  for (Ring& ring : port_.rxRings()) ring.release(ring.tail());
  port_.rxSync();
}

}  // namespace nmcap::sim
