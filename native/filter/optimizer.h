// Whether libpcap's optimizer may be used on a filter.
#pragma once

#include <pcap/pcap.h>

#include <string>

namespace nmcap {

// False for a filter that it would get wrong. The optimizers of libpcap 1.10.7 and earlier take
// `x & 0xffffffff != 0` to be always true (optimize.c, opt_blk). `handle` is that of the link type;
// an expression that does not compile may be optimized.
bool optimizerIsSafe(pcap_t* handle, const std::string& expression, bpf_u_int32 netmask);

}  // namespace nmcap
