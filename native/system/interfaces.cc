#include "system/interfaces.h"

#include <net/if.h>

#include <memory>

#include "system/sys_error.h"

namespace nmcap {

std::vector<std::string> interfaceNames() {
  using Index = struct if_nameindex;
  const std::unique_ptr<Index, decltype(&if_freenameindex)> index(::if_nameindex(),
                                                                  &if_freenameindex);
  if (index == nullptr) throw SysError("if_nameindex", "");
  std::vector<std::string> names;
  for (const Index* entry = index.get(); entry->if_name != nullptr; entry++) {
    names.emplace_back(entry->if_name);
  }
  return names;
}

}  // namespace nmcap
