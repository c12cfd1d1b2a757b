// What is known of the packets missing before a ring's next one, for that packet's comment.
#pragma once

#include <cstdint>
#include <string>

namespace nmcap {

class Gap {
 public:
  // No text of describe() is longer.
  static constexpr std::size_t kMaxDescription = 224;

  bool any() const { return ringFull_ || reset_ || discarded_ != 0 || awayMs_ != 0; }
  void ringFull() { ringFull_ = true; }
  // The kernel was at another place of the ring than the drain for a moment.
  void reset() { reset_ = true; }
  void discard() { discarded_++; }
  // No monitor was attached for so many milliseconds.
  void away(std::uint64_t milliseconds) { awayMs_ = milliseconds; }
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
    if (awayMs_ != 0) {
      if (discarded_ != 0 || ringFull_ || reset_) text += "; ";
      const std::string rest = std::to_string(awayMs_ % 1000);
      text += "the port was away for " + std::to_string(awayMs_ / 1000) + "." +
              std::string(3 - rest.size(), '0') + rest + " s before this packet";
    }
    return text;
  }

 private:
  std::uint64_t discarded_ = 0;
  std::uint64_t awayMs_ = 0;
  bool ringFull_ = false;
  bool reset_ = false;
};

}  // namespace nmcap
