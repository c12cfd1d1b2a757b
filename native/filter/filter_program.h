// A compiled filter in a form that runs faster than libpcap's interpreter. Only for programs of
// loads and comparisons, which most filters become.
#pragma once

#include <pcap/pcap.h>

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace nmcap {

class FilterProgram {
 public:
  // Nothing when the program has an instruction that is not supported here, or is malformed.
  static std::optional<FilterProgram> decode(const bpf_program& program);

  FilterProgram(FilterProgram&&) = default;
  FilterProgram& operator=(FilterProgram&&) = default;

  // Whether libpcap's bpf_filter() returns other than 0. `captured`: bytes of the frame that are
  // there.
  bool passes(const std::uint8_t* frame, std::uint32_t captured) const {
    return steps_.front().run(&steps_.front(), {frame, captured}, 0, 0);
  }

 private:
  struct Frame {
    const std::uint8_t* data;
    std::size_t length;
  };
  struct Step;
  // Runs a step and those after it, with the registers A and X.
  using Run = bool (*)(const Step* step, Frame frame, std::uint32_t a, std::uint32_t x);

  // Changes A or X, then compares A with `value`.
  struct Step {
    Run run = nullptr;
    const Step* ifTrue = nullptr;
    const Step* ifFalse = nullptr;
    std::uint32_t offset = 0;
    std::uint32_t value = 0;
  };

  struct Kinds;

  explicit FilterProgram(std::vector<Step> steps) : steps_(std::move(steps)) {}

  std::vector<Step> steps_;  // never empty; they point to each other
};

}  // namespace nmcap
