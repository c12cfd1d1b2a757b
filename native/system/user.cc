#include "system/user.h"

#include <pwd.h>

#include <cerrno>
#include <charconv>
#include <vector>

#include "system/sys_error.h"

namespace nmcap {
namespace {

constexpr std::size_t kFirstSize = 1024;
// A directory service may have long entries.
constexpr std::size_t kMaxSize = 1 << 20;

// `lookUp`: getpwnam_r or getpwuid_r of someone, called again with more memory until it is enough.
template <typename LookUp>
std::optional<User> findEntry(const char* call, LookUp lookUp) {
  for (std::size_t size = kFirstSize;; size *= 2) {
    std::vector<char> strings(size);
    passwd entry{};
    passwd* found = nullptr;
    const int error = lookUp(&entry, strings.data(), strings.size(), &found);
    if (found != nullptr) return User{found->pw_name, found->pw_uid, found->pw_gid};
    switch (error) {
      case ERANGE:
        if (size >= kMaxSize) throw SysError(call, "", error);
        break;
      case EINTR:
        break;
      // What systems say of a user that is not there: getpwnam(3), under ERRORS.
      case 0:
      case ENOENT:
      case ESRCH:
      case EBADF:
      case EPERM:
        return std::nullopt;
      default:
        throw SysError(call, "", error);
    }
  }
}

std::optional<uid_t> parseId(const std::string& text) {
  uid_t id = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, id);
  if (error != std::errc() || stop != end) return std::nullopt;
  return id;
}

}  // namespace

std::optional<User> findUser(const std::string& nameOrId) {
  const auto named = findEntry(
      "getpwnam_r", [&](auto... result) { return ::getpwnam_r(nameOrId.c_str(), result...); });
  if (named.has_value()) return named;
  const auto id = parseId(nameOrId);
  if (!id.has_value()) return std::nullopt;
  return findEntry("getpwuid_r", [&](auto... result) { return ::getpwuid_r(*id, result...); });
}

}  // namespace nmcap
