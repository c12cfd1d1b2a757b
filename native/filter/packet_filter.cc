#include "filter/packet_filter.h"

#include <algorithm>

#include "filter/expression.h"
#include "filter/link_type.h"

namespace nmcap {
namespace {

std::shared_ptr<const Filter> compile(const std::string& expression, int dlt) {
  auto filter = std::make_shared<const Filter>(expression, dlt);
  if (filter->asksTheKernel()) {
    throw FilterError(
        "it asks for what the Linux kernel knows of a packet that it receives (such as ifindex), "
        "which is neither in a frame nor in a file");
  }
  return filter;
}

// Null where no packet passes.
std::shared_ptr<const Filter> compileOrNone(const std::string& expression, int dlt) {
  try {
    return compile(expression, dlt);
  } catch (const FilterRejectsAll&) {
    return nullptr;
  }
}

// Whether libpcap's own code for the words looks them up in the link header (Linux's cooked
// captures, PFLOG and others). For other link types it asks the Linux kernel, or refuses elsewhere.
bool isInHeader(int dlt) {
  try {
    return !Filter("inbound", dlt).asksTheKernel();
  } catch (const FilterError&) {
    return false;
  }
}

}  // namespace

PacketFilter::PacketFilter(const std::string& text, std::uint32_t linkType)
    : asksForDirection_(nmcap::asksForDirection(text)), family_(familyFieldOf(linkType)) {
  const std::string expression = withDottedNets(text);
  // The family of LINKTYPE_NULL is brought into network byte order first, which makes it a LOOP.
  const int dlt = dltOf(linkType == kLinkTypeNull ? kLinkTypeLoop : linkType);
  if (!asksForDirection_) {
    filters_.fill(compile(expression, dlt));
    return;
  }
  // What the file does not say, the header may.
  const std::string ofUnknown =
      isInHeader(dlt) ? expression : withDirection(expression, Direction::kUnknown);
  filters_ = {compileOrNone(ofUnknown, dlt),
              compileOrNone(withDirection(expression, Direction::kInbound), dlt),
              compileOrNone(withDirection(expression, Direction::kOutbound), dlt)};
  const bool none = std::all_of(filters_.begin(), filters_.end(),
                                [](const auto& filter) { return filter == nullptr; });
  if (none) throw FilterRejectsAll();
}

bool PacketFilter::passesWithHostFamily(const Filter& filter, const std::uint8_t* frame,
                                        std::uint32_t captured, std::uint32_t length) const {
  return filter.passes(withHostFamily(*family_, frame, captured, scratch_), captured, length);
}

std::uint64_t PacketFilter::overruns() const {
  if (!asksForDirection_) return filters_.front()->overruns();
  std::uint64_t count = 0;
  for (const auto& filter : filters_) count += filter ? filter->overruns() : 0;
  return count;
}

std::string PacketFilter::describe() const {
  if (!asksForDirection_) return filters_.front()->describe();
  constexpr std::array<const char*, 3> kTitles = {"direction unknown:\n", "inbound:\n",
                                                  "outbound:\n"};
  std::string text;
  for (const Direction direction :
       {Direction::kInbound, Direction::kOutbound, Direction::kUnknown}) {
    const auto index = static_cast<std::size_t>(direction);
    const Filter* const filter = filters_[index].get();
    text += kTitles[index];
    text += filter != nullptr ? filter->describe() : "(000) ret      #0\n";
  }
  return text;
}

}  // namespace nmcap
