// The network interfaces of the system.
#pragma once

#include <string>
#include <vector>

namespace nmcap {

// All of them, with addresses or without, up or down. Throws SysError ("if_nameindex").
std::vector<std::string> interfaceNames();

}  // namespace nmcap
