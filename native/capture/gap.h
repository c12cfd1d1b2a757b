// What is known of the packets missing before a ring's next one, for that packet's comment.
#pragma once

#include <cstdint>
#include <string>

namespace nmcap {

class Gap {
 public:
  // No text of describe() is longer.
  static constexpr std::size_t kMaxDescription = 160;

  bool any() const { return ringFull_ || reset_ || discarded_ != 0; }
  void ringFull() { ringFull_ = true; }
  // The kernel was at another place of the ring than the drain for a moment.
  void reset() { reset_ = true; }
  void discard() { discarded_++; }
  void clear() { *this = Gap(); }

  std::string describe() const {
    std::string text = "nmcap: ";
    if (discarded_ != 0) {
      text += std::to_string(discarded_) + " frames of this ring discarded before this packet";
    }
    if (ringFull_ || reset_) {
      if (discarded_ != 0) text += "; ";
      text += reset_ ? "the ring was reset" : "the ring was found full";
      text += " before this packet, frames may be missing";
    }
    return text;
  }

 private:
  std::uint64_t discarded_ = 0;
  bool ringFull_ = false;
  bool reset_ = false;
};

}  // namespace nmcap
