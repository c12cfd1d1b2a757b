// The users of the system.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

namespace nmcap {

struct User {
  std::string name;
  uid_t id = 0;
  gid_t group = 0;
};

// The user of that name or, where nobody has it, of the id that it is in decimal, as chown(1) has
// it. Throws SysError ("getpwnam_r", "getpwuid_r") where the system cannot tell.
std::optional<User> findUser(const std::string& nameOrId);

}  // namespace nmcap
