// What nmcap does to a pcap-filter(7) expression before libpcap compiles it.
#pragma once

#include <string>

#include "filter/direction.h"

namespace nmcap {

// `inbound` and `outbound`: libpcap compiles them for link types whose header has the direction,
// and on Linux to a question that only the kernel can answer. nmcap knows the direction of every
// frame before it runs the filter, so it puts the answer in their place.

// Whether one of these words is in the expression.
bool asksForDirection(const std::string& expression);

// The expression for packets of that direction: each of the words replaced by a comparison that is
// always true or always false. Neither is true of a packet whose direction is unknown.
std::string withDirection(const std::string& expression, Direction direction);

// pcap-filter(7) allows `net 10/8`, but libpcap's grammar wants a dot in the number before the
// slash: `net 10.0/8`.
std::string withDottedNets(const std::string& expression);

}  // namespace nmcap
